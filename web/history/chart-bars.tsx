import { type PointerEvent, useId } from 'react';
import type { CountsAnswer } from '../../src/contract/history.ts';
import { barsOf, inWords, type Segment, stackOrder } from './chart.ts';
import { intervalText } from './interval-text.ts';
import { fillOf, StatusPatterns } from './status-fills.tsx';

/** Px. */
const height = 72;

interface ChartBarsProps {
  readonly counts: CountsAnswer;
  /** All of it in a sentence. */
  readonly summary: string;
  /** Which bar is told about. */
  readonly shown: number | undefined;
  readonly show: (index: number | undefined) => void;
}

/** A bar for each part of the time. A pointer, a finger or the arrow keys choose the one that is told about. */
export function ChartBars({ counts, summary, shown, show }: ChartBarsProps) {
  const { buckets } = counts;
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * buckets.length);
    show(Math.max(0, Math.min(buckets.length - 1, at)));
  };
  const last = buckets.length - 1;
  const chosen = buckets[shown ?? last];
  return (
    <div
      className="relative rounded has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
      onPointerDown={point}
      onPointerMove={point}
      onPointerLeave={() => show(undefined)}
    >
      <Bars counts={counts} summary={summary} shown={shown} />
      <input
        type="range"
        aria-label="Part of the time"
        aria-valuetext={chosen && `${intervalText(chosen.at, counts)}: ${inWords(chosen.counts)}`}
        min={0}
        max={last}
        value={shown ?? last}
        onFocus={() => show(shown ?? last)}
        onBlur={() => show(undefined)}
        onChange={(event) => show(event.target.valueAsNumber)}
        className="pointer-events-none absolute inset-0 size-full opacity-0"
      />
    </div>
  );
}

function Bars({ counts: { buckets }, summary, shown }: Omit<ChartBarsProps, 'show'>) {
  const id = useId();
  const part = 100 / buckets.length;
  return (
    <svg role="img" aria-label={summary} width="100%" height={height} className="block text-line">
      <StatusPatterns id={id} of={stackOrder} />
      {shown !== undefined && (
        <rect
          x={`${shown * part}%`}
          width={`${part}%`}
          height={height}
          className="text-sunken"
          fill="currentColor"
        />
      )}
      <line x1="0" x2="100%" y1={height - 0.5} y2={height - 0.5} stroke="currentColor" />
      {barsOf(buckets, height).map((segments, index) => (
        <Bar key={index} segments={segments} x={(index + 0.1) * part} width={part * 0.8} id={id} />
      ))}
    </svg>
  );
}

interface BarProps {
  readonly segments: readonly Segment[];
  /** In percent. */
  readonly x: number;
  readonly width: number;
  readonly id: string;
}

function Bar({ segments, x, width, id }: BarProps) {
  return segments.map(({ status, y, height }) => (
    <rect key={status} x={`${x}%`} width={`${width}%`} y={y} height={height} {...fillOf(status, id)} />
  ));
}
