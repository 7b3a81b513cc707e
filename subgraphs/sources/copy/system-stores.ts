import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import { LocalStore, readShape } from './local-store';
import type { Collection } from './record-reader';
import type { StoreShape } from './store-schema';

export interface SystemStoresOptions {
  /** Made when it is not there. Several systems may share it. */
  readonly folder: string;
  readonly system: string;
  readonly shape: StoreShape;
  /** The lists that must be whole before a store is served. */
  readonly collections: readonly Collection[];
}

/**
 * The stores of one system: the one that is written, and the one that is served. They are two only after the mapping was changed: the old
 * one serves until the new one is whole.
 */
export class SystemStores implements Disposable {
  /** Copied into. */
  readonly written: LocalStore;
  #served: LocalStore;

  constructor(private readonly options: SystemStoresOptions) {
    const { folder, system, shape } = options;
    mkdirSync(folder, { recursive: true });
    this.written = openOrRebuild(join(folder, `${system}.${shape.mappingHash}.sqlite`), shape);
    this.#served = this.#isWhole(this.written) ? this.written : (this.#older() ?? this.written);
    if (this.#served === this.written) this.#removeOthers();
  }

  /** What is asked: whole, unless nothing ever was. */
  get served(): LocalStore {
    return this.#served;
  }

  /** Takes the new store into service once it is whole, and removes the old. Gives true when that happened now. */
  swap(): boolean {
    if (this.#served === this.written || !this.#isWhole(this.written)) return false;
    const old = this.#served;
    this.#served = this.written;
    old[Symbol.dispose]();
    this.#removeOthers();
    return true;
  }

  [Symbol.dispose](): void {
    if (this.#served !== this.written) this.#served[Symbol.dispose]();
    this.written[Symbol.dispose]();
  }

  #isWhole(store: LocalStore): boolean {
    return this.options.collections.every((collection) => store.lastFinished(collection, 'full') !== null);
  }

  /** The newest whole store of another mapping. */
  #older(): LocalStore | null {
    const newestFirst = this.#otherFiles().toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    for (const file of newestFirst) {
      const shape = shapeOf(file);
      if (shape === null) continue;
      const store = new LocalStore({ file, shape });
      if (this.#isWhole(store)) return store;
      store[Symbol.dispose]();
    }
    return null;
  }

  #removeOthers(): void {
    for (const file of this.#otherFiles()) removeStore(file);
  }

  #otherFiles(): readonly string[] {
    const { folder, system } = this.options;
    const name = new RegExp(`^${system}\\.[0-9a-f]{16}\\.sqlite$`);
    return readdirSync(folder)
      .filter((file) => name.test(file))
      .map((file) => join(folder, file))
      .filter((file) => file !== this.written.file);
  }
}

function removeStore(file: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
}

/** A store that a broken disk or a full one has spoilt is only a copy: it is made anew. */
function openOrRebuild(file: string, shape: StoreShape): LocalStore {
  try {
    return new LocalStore({ file, shape });
  } catch (error) {
    if (!isNativeError(error) || !/not a database|malformed/.test(error.message)) throw error;
    removeStore(file);
    return new LocalStore({ file, shape });
  }
}

/** null for a file that is no store, or whose tables are of another version. */
function shapeOf(file: string): StoreShape | null {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return readShape(database);
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
