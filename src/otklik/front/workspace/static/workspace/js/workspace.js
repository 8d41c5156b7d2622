// The agent's desk: the list at the left, the conversation beside it.
import "./opening.js";
import "./queue-live.js";
import "./queue-select.js";
import "./queue-place.js";
import "./panes.js";
import "./talk.js";
import "./pictures.js";
import "./remote.js";
import "./letters.js";
import "./title.js";
import "./talk-quote.js";
import "./incidents.js";
import "./talk-complaint.js";
import "./chats.js";
import "./printed.js";
