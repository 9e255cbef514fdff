export function NoSuchPage() {
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-xl p-6 outline-none">
      <h1 tabIndex={-1} className="text-xl font-semibold outline-none">
        There is no such page
      </h1>
      <p className="my-3 text-muted">The address may be misspelt, or from another version.</p>
      <a href="/" className="font-medium text-accent underline underline-offset-2">
        Go to the first page
      </a>
    </main>
  );
}
