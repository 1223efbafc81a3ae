/** Sends files after what they belong to, one by one: each step is another version of it. */

/**
 * What they belong to is there, whatever becomes of them: what is missing is added to it later, not asked for again. The
 * last reason why one was not sent is `unsent`. Throws nothing.
 */
export async function attached<Row>(
  to: Row,
  files: readonly File[],
  add: (to: Row, file: File) => Promise<Row>,
): Promise<{ row: Row; unsent: Error | null }> {
  let row = to;
  let unsent: Error | null = null;
  for (const file of files) {
    try {
      row = await add(row, file);
    } catch (error) {
      unsent = error as Error;
    }
  }
  return { row, unsent };
}
