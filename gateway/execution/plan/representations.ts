/** The representations that one `_entities` field asks for, each once, in the order in which they came. */
export class Representations {
  /** JSON texts, sent as they are. */
  readonly texts: string[] = [];
  private readonly byText = new Map<string, number>();
  /** Those of one key, by the text before its value and by the value: no text has to be written to find one again. */
  private readonly byKey = new Map<string, Map<string, number>>();

  placeOf(text: string): number {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const place = this.texts.push(text) - 1;
    this.byText.set(text, place);
    return place;
  }

  placeOfKey(start: string, key: string): number {
    const keys = this.byKey.get(start) ?? this.startKeys(start);
    const known = keys.get(key);
    if (known !== undefined) return known;
    const place = this.texts.push(`${start}${JSON.stringify(key)}}`) - 1;
    keys.set(key, place);
    return place;
  }

  private startKeys(start: string): Map<string, number> {
    const keys = new Map<string, number>();
    this.byKey.set(start, keys);
    return keys;
  }
}
