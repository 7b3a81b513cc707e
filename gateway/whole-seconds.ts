/** A clock's time as ISO UTC in whole seconds; the text is made once a second, though every request asks for it. */
export function wholeSeconds(clock: () => Date): () => string {
  let second = NaN;
  let text = '';
  return () => {
    const now = clock();
    const current = Math.floor(now.getTime() / 1000);
    if (current !== second) {
      second = current;
      text = `${now.toISOString().slice(0, 19)}Z`;
    }
    return text;
  };
}
