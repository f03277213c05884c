/** A part of a text, in UTF-16 units, the end excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
