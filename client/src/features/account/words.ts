/** What the way in is called, by whom one logs in with. */
export const LOGIN_WORDS = {
  spotify: "Log in with Spotify",
  demo: "Log in as a demo listener",
} as const;

/** What an address says after a login that did not come to its end, in words. */
export const REASONS: Readonly<Record<string, readonly [title: string, words: string]>> = {
  denied: [
    "You said no at Spotify",
    "So nothing of your account is read here. All that needs no account goes on.",
  ],
  failed: [
    "The login did not come to its end",
    "Spotify did not take it. A second try may help; all else goes on meanwhile.",
  ],
  misconfigured: [
    "Spotify does not know this server",
    "Whoever runs it has to look at its settings: its log says which. All that needs no account goes on.",
  ],
  "not-listed": [
    "Spotify does not let your account use this app yet",
    "The app is in development mode: whoever runs this server has to add you to its list in Spotify's dashboard, under User Management. Until then paste links, or drop a file of a playlist.",
  ],
  unavailable: [
    "Spotify does not answer",
    "Try to log in again in a minute. All that needs no account goes on meanwhile.",
  ],
  deleted: [
    "Everything that was kept of you is deleted",
    "You go on as a guest. Spotify itself lists the app until you remove it there, on spotify.com/account/apps.",
  ],
};
