// The composer: bound to the page once, by delegation, so that a swapped form needs nothing.
import "./composer-modes.js";
import "./composer-text.js";
import "./composer-next.js";
import "./composer-saved.js";
import "./composer-articles.js";
import "./composer-typed.js";
import "./composer-people.js";
import "./composer-paste.js";
import "./composer-pictures.js";
import "./composer-files.js";
import "./composer-draft.js";
import "./composer-news.js";
import "./composer-presence.js";
import "./composer-send.js";
