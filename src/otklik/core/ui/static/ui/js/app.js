// Everything a page of ours understands; each module binds itself to attributes (docs/ui.md).
import "./keys.js";
import "./keysheet.js";
import "./keyhint.js";
import "./rows.js";
import "./palette.js";
import "./live.js";
import "./alarms.js";
import "./calls.js";
import "./figures.js";
import "./timers.js";
import "./theme.js";
import "./toast.js";
import "./dialogs.js";
import "./menus.js";
import "./draft.js";
import "./upload.js";
import "./countdown.js";
