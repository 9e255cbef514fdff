import { FILE_BYTES } from "./limits";
import { Problem } from "./problem";

const MEBIBYTE = 2 ** 20;

export const LARGEST_FILE = `${FILE_BYTES / MEBIBYTE} MiB`;

/** A file as a call takes it; one that is too large is refused here, before it is sent for nothing. */
export function uploadOf(file: File) {
  if (file.size > FILE_BYTES) {
    // Rounded up: a file that is too large must not seem to fit.
    const size = Math.ceil((file.size / MEBIBYTE) * 10) / 10;
    throw new Problem(
      "too-large",
      "This file is too large",
      `${file.name} has ${size} MiB; a playlist file may have ${LARGEST_FILE}. Pack it with gzip or split it.`,
      413,
    );
  }
  return {
    body: { file: "" },
    bodySerializer: () => {
      const form = new FormData();
      form.append("file", file);
      return form;
    },
  };
}
