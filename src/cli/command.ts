import type { ExitCode } from './exit.ts';
import { visibleValue } from './visible.ts';

/** A word after the command. Its key in the table is how the help names it. */
export interface Argument {
  readonly about: string;
  readonly optional?: true;
  readonly choices?: readonly string[];
}

/** `--key TEXT`, as often as one likes where it is a list, or `--key` alone where it is a switch. */
export interface Flag {
  readonly type: 'text' | 'list' | 'switch';
  readonly about: string;
  /** How the help names the value. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Another spelling, for those who know it: no help and no completion names it. */
  readonly hidden?: true;
}

export type Arguments = Readonly<Record<string, Argument>>;
export type Flags = Readonly<Record<string, Flag>>;

type TextOf<T> = T extends { readonly choices: readonly (infer Choice)[] } ? Choice : string;
type ArgumentValue<A> = A extends { readonly optional: true } ? TextOf<A> | undefined : TextOf<A>;
type FlagValue<F> = F extends { readonly type: 'switch' }
  ? boolean
  : F extends { readonly type: 'list' }
    ? readonly string[]
    : TextOf<F> | undefined;

export interface Input<A extends Arguments, F extends Flags> {
  readonly args: { readonly [Name in keyof A]: ArgumentValue<A[Name]> };
  readonly flags: { readonly [Name in keyof F]: FlagValue<F[Name]> };
  readonly json: boolean;
}

/** What a command has to say: a document for machines, a text for people, and what is no result. */
export interface Reply {
  readonly json: unknown;
  readonly text: () => string;
  readonly note?: string | undefined;
  /** What went wrong although there is an answer: a sentence for standard error, beside the document for machines too. */
  readonly failure?: string;
  /** Where it is an answer, and still not what was wanted. */
  readonly exitCode?: ExitCode;
}

/** The same answer for both; people get it without anything that a terminal would obey. */
export function reply<T>(answer: T, people: (shown: T) => string, note?: string): Reply {
  return { json: answer, text: () => people(visibleValue(answer)), note };
}

interface Spec<A extends Arguments, F extends Flags> {
  /** One command line that works as it stands, placeholders aside. */
  readonly example: string;
  /** What the one line in the table does not say. */
  readonly more?: string;
  readonly args?: A;
  readonly flags?: F;
  /** A command that prints while it runs answers nothing. */
  run(input: Input<A, F>): Promise<Reply | undefined>;
}

export type FlagInput = string | readonly string[] | boolean | undefined;

export interface RawInput {
  readonly args: Readonly<Record<string, string | undefined>>;
  readonly flags: Readonly<Record<string, FlagInput>>;
  readonly json: boolean;
}

export interface Command {
  readonly example: string;
  readonly more: string | undefined;
  readonly args: Arguments;
  readonly flags: Flags;
  run(input: RawInput): Promise<Reply | undefined>;
}

// `{}` means no arguments, and no flags.
export function command<const A extends Arguments = {}, const F extends Flags = {}>(
  spec: Spec<A, F>,
): Command {
  return {
    example: spec.example,
    more: spec.more,
    args: spec.args ?? {},
    flags: spec.flags ?? {},
    // `parseInput` has checked the input against these very tables.
    run: (input) => spec.run(input as Input<A, F>),
  };
}
