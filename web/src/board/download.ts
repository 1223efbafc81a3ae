/** Hands the reader a text file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the content by the time it handles the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
