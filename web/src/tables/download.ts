/** Hands the reader a file. */
export function downloadFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the content by the time it handles the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
