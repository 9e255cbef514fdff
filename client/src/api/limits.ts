// Written by `npm run schema` from the server's OpenAPI description.

export const FILE_BYTES = 10485760;
export const LIST_SONGS = 500;
