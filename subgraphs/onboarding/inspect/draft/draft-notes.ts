export type DraftPath = readonly (string | number)[];

export interface DraftNote {
  readonly path: DraftPath;
  /** One sentence or several lines; stands as a comment before what the path names. */
  readonly text: string;
  /** Somebody must look at it; otherwise it only explains. */
  readonly isUnsure: boolean;
}

/** Collects what is to be said about a mapping while it is drafted. */
export class DraftNotes {
  readonly #notes: DraftNote[] = [];

  explain(path: DraftPath, text: string): void {
    this.#notes.push({ path, text, isUnsure: false });
  }

  doubt(path: DraftPath, text: string): void {
    this.#notes.push({ path, text, isUnsure: true });
  }

  all(): readonly DraftNote[] {
    return this.#notes;
  }
}
