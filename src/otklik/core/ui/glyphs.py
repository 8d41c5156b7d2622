"""Every picture of the interface: our own glyphs on a 20 px grid, drawn with a 1.6 px line.

`python -m otklik.core.ui.glyphs` writes them as CSS masks to static/ui/icons.css, so an icon on a page is one
short tag without a picture of its own; a test compares the file with this list.  `{% icon "name" %}` names one.
"""

from pathlib import Path
from urllib.parse import quote

GLYPHS: dict[str, str] = {
    "queue": "<path d='M3 5h14M3 10h14M3 15h9'/>",
    "inbox": (
        "<path d='M3 11 5.2 4.4A1.5 1.5 0 0 1 6.6 3.4h6.8a1.5 1.5 0 0 1 1.4 1L17 11v4a1.6 1.6 0 0 1-1.6 "
        "1.6H4.6A1.6 1.6 0 0 1 3 15zM3 11h4l1 2h4l1-2h4'/>"
    ),
    "vow": (
        "<path d='M3 17V6a2.5 2.5 0 0 1 2.5-2.5h9A2.5 2.5 0 0 1 17 6v5.5a2.5 2.5 0 0 1-2.5 2.5H6.2zM7 "
        "8.9l2.2 2.1L13.2 6.8'/>"
    ),
    "phone": (
        "<path d='M6.6 3.2 4.3 3.9A1.8 1.8 0 0 0 3 5.8C3.5 11.7 8.3 16.5 14.2 17a1.8 1.8 0 0 0 "
        "1.9-1.3l.7-2.3-3.6-1.9-1.6 1.6a9 9 0 0 1-4.7-4.7l1.6-1.6z'/>"
    ),
    "phone-in": (
        "<path d='M6.6 3.2 4.3 3.9A1.8 1.8 0 0 0 3 5.8C3.5 11.7 8.3 16.5 14.2 17a1.8 1.8 0 0 0 "
        "1.9-1.3l.7-2.3-3.6-1.9-1.6 1.6a9 9 0 0 1-4.7-4.7l1.6-1.6zM17 3l-4.5 4.5M12.5 4v3.5H16'/>"
    ),
    "phone-end": (
        "<path d='M2.6 12.2c-.4-1.2 0-2.4 1-3.1a11.6 11.6 0 0 1 12.8 0c1 .7 1.4 1.9 1 3.1l-.5 "
        "1.4-3.9-.9v-2.2a9.6 9.6 0 0 0-6 0v2.2l-3.9.9z'/>"
    ),
    "at": "<circle cx='10' cy='10' r='3'/><path d='M13 7v4.2a2 2 0 0 0 4 0V10a7 7 0 1 0-2.9 5.7'/>",
    "mail": "<rect x='2.5' y='4.5' width='15' height='11' rx='2'/><path d='m3 6 7 5 7-5'/>",
    "telegram": "<path d='M17.2 3.4 2.8 9.1l4.4 1.8L15 5.6 9 12.2l5 3.6zM7.2 10.9v4.9l2.4-2.9'/>",
    "whatsapp": (
        "<path d='M3.2 16.8l1-3.3a7.1 7.1 0 1 1 2.6 2.5zM7.6 7.1c0 3 2.3 5.3 5.3 "
        "5.3l.5-1.7-1.7-.8-.8.8a4.5 4.5 0 0 1-1.6-1.6l.8-.8-.8-1.7z'/>"
    ),
    "viber": (
        "<path d='M4 4.5C6 3 14 3 16 4.5s2 7 0 8.5c-1.2.9-3.4 1.1-5 1.2L8 "
        "17v-2.9c-1.6-.1-3.2-.4-4-1.1-2-1.5-2-7 0-8.5zM7.3 7c0 2.4 1.9 4.4 4.6 4.4l.7-1.4-1.5-.9M10.5 "
        "6.8a2.2 2.2 0 0 1 2.2 2.2'/>"
    ),
    "vk": (
        "<rect x='2.5' y='2.5' width='15' height='15' rx='4'/><path d='M5.5 7c.3 3.6 2 5.7 5 6V7M14.5 "
        "7c-.5 1.7-1.6 2.8-3.5 3.1 2 .2 3.2 1.2 3.7 2.9'/>"
    ),
    "chat": "<path d='M3 16.6V6a2.5 2.5 0 0 1 2.5-2.5h9A2.5 2.5 0 0 1 17 6v5.5a2.5 2.5 0 0 1-2.5 2.5H6.2z'/>",
    "form": ("<rect x='3.5' y='2.8' width='13' height='14.4' rx='2'/><path d='M6.8 7h6.4M6.8 10.2h6.4M6.8 13.4h3'/>"),
    "sms": (
        "<path d='M3 16.6V6a2.5 2.5 0 0 1 2.5-2.5h9A2.5 2.5 0 0 1 17 6v5.5a2.5 2.5 0 0 1-2.5 "
        "2.5H6.2z'/><path d='M6.8 8.8h.1M10 8.8h.1M13.2 8.8h.1' stroke-width='2'/>"
    ),
    "note": (
        "<path d='M4.5 3h11A1.5 1.5 0 0 1 17 4.5V12l-5 5H4.5A1.5 1.5 0 0 1 3 15.5v-11A1.5 1.5 0 0 1 4.5 "
        "3zM17 12h-3.5a1.5 1.5 0 0 0-1.5 1.5V17'/>"
    ),
    "pencil": "<path d='m3.5 16.5.8-3.4L13.2 4.2a1.8 1.8 0 0 1 2.6 2.6l-8.9 8.9zM11.7 5.7l2.6 2.6'/>",
    "search": "<circle cx='9' cy='9' r='5.5'/><path d='m13.2 13.2 3.8 3.8'/>",
    "home": "<path d='M3.5 9 10 3.5 16.5 9v6.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1zM8 16.5V12h4v4.5'/>",
    "gauge": "<path d='M3.2 14.5a7.5 7.5 0 1 1 13.6 0zM10 12l3-4'/>",
    "chart": "<path d='M3 3v14h14M6 12.5l3.5-4 3 2.5L17 5.5'/>",
    "check": "<path d='m4 10.5 4 4 8-9'/>",
    "check-o": "<circle cx='10' cy='10' r='7'/><path d='m6.8 10.2 2.3 2.3 4.1-4.7'/>",
    "star": "<path d='m10 2.9 2.2 4.5 4.9.7-3.55 3.45.85 4.9L10 14.1l-4.4 2.35.85-4.9L2.9 8.1l4.9-.7z'/>",
    "star-f": (
        "<path fill='#000' d='m10 2.9 2.2 4.5 4.9.7-3.55 3.45.85 4.9L10 14.1l-4.4 2.35.85-4.9L2.9 8.1l4.9-.7z'/>"
    ),
    "heart": "<path d='M10 16.5S3 12.6 3 7.7A3.7 3.7 0 0 1 10 6a3.7 3.7 0 0 1 7 1.7c0 4.9-7 8.8-7 8.8z'/>",
    "users": (
        "<circle cx='7.5' cy='7' r='3'/><path d='M2.2 16.5c.3-3 2.5-4.7 5.3-4.7s5 1.7 5.3 4.7M12.8 4.2a3 "
        "3 0 0 1 0 5.6M14.7 12.2c1.8.6 2.9 2.2 3.1 4.3'/>"
    ),
    "user": "<circle cx='10' cy='6.8' r='3.3'/><path d='M3.8 17c.4-3.3 3-5.2 6.2-5.2s5.8 1.9 6.2 5.2'/>",
    "user-plus": (
        "<circle cx='8' cy='6.8' r='3.1'/><path d='M2.2 17c.4-3.3 2.8-5.2 5.8-5.2 1.3 0 2.5.4 3.5 1M15 "
        "12v5M12.5 14.5h5'/>"
    ),
    "calendar": "<rect x='3' y='4' width='14' height='13' rx='2'/><path d='M3 8.5h14M7 2.5V5M13 2.5V5'/>",
    "target": (
        "<circle cx='10' cy='10' r='7.2'/><circle cx='10' cy='10' r='3.4'/><path d='M10 10h.01' stroke-width='2.2'/>"
    ),
    "book": (
        "<path d='M10 5.2C8.5 4 6 3.5 3 3.7v11.6c3-.2 5.5.3 7 1.5 1.5-1.2 4-1.7 7-1.5V3.7c-3-.2-5.5.3-7 "
        "1.5zM10 5.2v11.6'/>"
    ),
    "alert": (
        "<path d='M8.7 3.7 2.4 14.5A1.5 1.5 0 0 0 3.7 16.8h12.6a1.5 1.5 0 0 0 1.3-2.3L11.3 3.7a1.5 1.5 0 "
        "0 0-2.6 0zM10 8v3.5M10 14h.01'/>"
    ),
    "mega": ("<path d='M3 8.5v3a1 1 0 0 0 1 1h2l8.5 3.7V3.8L6 7.5H4a1 1 0 0 0-1 1zM6.5 12.5l1 4.5H9M17 8.5v3'/>"),
    "flag": "<path d='M4.5 17.5V3.5M4.5 4c4-2 6.5 2 11 0v7.5c-4.5 2-7-2-11 0'/>",
    "shield": "<path d='M10 2.5 3.8 4.8v4.7c0 4 2.6 6.7 6.2 8 3.6-1.3 6.2-4 6.2-8V4.8zM7.3 9.8l2 2 3.5-4'/>",
    "frown": "<circle cx='10' cy='10' r='7.2'/><path d='M6.9 13.8a4 4 0 0 1 6.2 0M7.6 8v.4M12.4 8v.4'/>",
    "sliders": ("<path d='M3 6h7M14 6h3M3 14h3M10 14h7'/><circle cx='12' cy='6' r='2'/><circle cx='8' cy='14' r='2'/>"),
    "plus": "<path d='M10 4v12M4 10h12'/>",
    "x": "<path d='m5 5 10 10M15 5 5 15'/>",
    "right": "<path d='m8 5 5 5-5 5'/>",
    "left": "<path d='m12 5-5 5 5 5'/>",
    "down": "<path d='m5 8 5 5 5-5'/>",
    "up": "<path d='m5 12 5-5 5 5'/>",
    "arrow-r": "<path d='M3.5 10h13M11.5 5l5 5-5 5'/>",
    "arrow-l": "<path d='M16.5 10h-13M8.5 5l-5 5 5 5'/>",
    "arrow-u": "<path d='M10 16.5v-13M5 8.5l5-5 5 5'/>",
    "arrow-d": "<path d='M10 3.5v13M5 11.5l5 5 5-5'/>",
    "clock": "<circle cx='10' cy='10' r='7.2'/><path d='M10 5.8V10l2.8 1.8'/>",
    "hourglass": (
        "<path d='M5.5 3h9M5.5 17h9M6.5 3v2.6c0 2 3.5 2.8 3.5 4.4s-3.5 2.4-3.5 "
        "4.4V17M13.5 3v2.6c0 2-3.5 2.8-3.5 4.4s3.5 2.4 3.5 4.4V17'/>"
    ),
    "pause": "<path d='M7 4.5v11M13 4.5v11' stroke-width='2.2'/>",
    "play": "<path fill='#000' d='M6.5 4.2v11.6l9.3-5.8z'/>",
    "mic": (
        "<rect x='7.3' y='2.5' width='5.4' height='9' rx='2.7'/><path d='M4.2 9.5a5.8 5.8 0 0 0 11.6 0M10 15.3v2.2'/>"
    ),
    "transfer": "<path d='M3 7h12M11.5 3.5 15 7l-3.5 3.5M17 13.5H5M8.5 10 5 13.5 8.5 17'/>",
    "pin": (
        "<path d='M10 17.5s5.5-5 5.5-9.3a5.5 5.5 0 0 0-11 0c0 4.3 5.5 9.3 5.5 9.3z'/><circle cx='10' cy='8' r='2'/>"
    ),
    "clip": (
        "<path d='m16.5 9.5-6.3 6.3a4 4 0 0 1-5.7-5.7l6.6-6.6a2.7 2.7 0 0 1 3.8 3.8l-6.5 6.5a1.3 1.3 0 0 "
        "1-1.9-1.9l5.9-5.9'/>"
    ),
    "bolt": "<path d='M11 2.5 4 11.5h5l-.5 6L16 8.3h-5.3z'/>",
    "no": "<circle cx='10' cy='10' r='7.2'/><path d='m5 15 10-10'/>",
    "send": "<path d='M17 3 9 11M17 3l-5 14-3-6-6-3z'/>",
    "undo": "<path d='M7.5 4 3.5 8l4 4M3.5 8h8a4.5 4.5 0 0 1 0 9H8'/>",
    "moon": "<path d='M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z'/>",
    "sun": (
        "<circle cx='10' cy='10' r='3.5'/><path d='M10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 "
        "4.7l1.2 1.2M14.1 14.1l1.2 1.2M4.7 15.3l1.2-1.2M14.1 5.9l1.2-1.2'/>"
    ),
    "eye": ("<path d='M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10z'/><circle cx='10' cy='10' r='2.4'/>"),
    "lock": "<rect x='4' y='9' width='12' height='8' rx='2'/><path d='M6.8 9V6.5a3.2 3.2 0 0 1 6.4 0V9'/>",
    "key": "<circle cx='7' cy='13' r='3.8'/><path d='m9.7 10.3 6.8-6.8M13.5 6.5l2 2M11.5 8.5l1.5 1.5'/>",
    "link": (
        "<path d='M8.5 11.5a3.2 3.2 0 0 0 4.6 0l2.6-2.6a3.2 3.2 0 0 0-4.6-4.6l-.9.9M11.5 8.5a3.2 3.2 0 0 "
        "0-4.6 0l-2.6 2.6a3.2 3.2 0 0 0 4.6 4.6l.9-.9'/>"
    ),
    "dots": "<path d='M4.5 10h.01M10 10h.01M15.5 10h.01' stroke-width='2.4'/>",
    "filter": "<path d='M3 5h14M5.5 10h9M8 15h4'/>",
    "sort": "<path d='M6 4v12M3 13l3 3 3-3M11.5 5H17M11.5 9.5h4M11.5 14h2.5'/>",
    "download": "<path d='M10 3.5v9M6 9l4 4 4-4M3.5 16.5h13'/>",
    "ext": ("<path d='M11 3.5h5.5V9M16.5 3.5 9 11M14 11.5v4a1 1 0 0 1-1 1H4.5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h4'/>"),
    "globe": (
        "<circle cx='10' cy='10' r='7.2'/><path d='M2.8 10h14.4M10 2.8c4.6 4 4.6 10.4 0 14.4M10 2.8c-4.6 "
        "4-4.6 10.4 0 14.4'/>"
    ),
    "rain": (
        "<path d='M6 12.5a3.5 3.5 0 0 1-.3-7A4.6 4.6 0 0 1 14.5 6.7 3 3 0 0 1 14 12.5zM7 15l-.7 2M10.5 "
        "15l-.7 2M14 15l-.7 2'/>"
    ),
    "storm": (
        "<path d='M6 12a3.5 3.5 0 0 1-.3-7 4.6 4.6 0 0 1 8.8 1.2A3 3 0 0 1 14 12M10.5 9.5l-2.3 3.7h3.3L9.3 17'/>"
    ),
    "cloud": "<path d='M6 15a3.8 3.8 0 0 1-.3-7.6A5 5 0 0 1 15 8.5 3.3 3.3 0 0 1 14.5 15z'/>",
    "gem": "<path fill='#000' stroke-linejoin='round' d='M10 3.2 16.8 10 10 16.8 3.2 10z'/>",
    "bell": "<path d='M5 13.5V9a5 5 0 0 1 10 0v4.5l1.2 1.5H3.8zM8.3 17.5h3.4'/>",
    "bell-off": "<path d='M15 9.5V9a5 5 0 0 0-8-4M5 8.5v5L3.8 15h10M8.3 17.5h3.4M3 3l14 14'/>",
    "cup": (
        "<path d='M4 7h10v5.5a3.5 3.5 0 0 1-3.5 3.5h-3A3.5 3.5 0 0 1 4 12.5zM14 8.5h1.3a2 2 0 0 1 0 "
        "4H14M7 2.5v1.8M11 2.5v1.8'/>"
    ),
    "head": (
        "<path d='M3.5 13v-2.5a6.5 6.5 0 0 1 13 0V13'/><rect x='2.8' y='11.5' width='3.6' height='5' "
        "rx='1.4'/><rect x='13.6' y='11.5' width='3.6' height='5' rx='1.4'/>"
    ),
    "merge": "<path d='M5 3.5v3a4 4 0 0 0 4 4h6.5M5 16.5v-2a4 4 0 0 1 4-4M12.5 7.5l3 3-3 3'/>",
    "tag": "<path d='M3 3.5h6.5L17 11l-6 6-7.5-7.5zM6.5 7h.01'/>",
    "box": "<path d='m10 2.8 6.5 3.5v7.4L10 17.2l-6.5-3.5V6.3zM3.7 6.4 10 10l6.3-3.6M10 10v7'/>",
    "route": (
        "<circle cx='5' cy='15' r='2'/><circle cx='15' cy='5' r='2'/><path d='M7 15h4.5a2.5 2.5 0 0 0 "
        "0-5h-3a2.5 2.5 0 0 1 0-5H13'/>"
    ),
    "ring": (
        "<circle cx='10' cy='10' r='7.2'/><path d='m5 5 2.6 2.6M15 5l-2.6 2.6M5 15l2.6-2.6M15 "
        "15l-2.6-2.6'/><circle cx='10' cy='10' r='3.3'/>"
    ),
    "copy": (
        "<rect x='7' y='7' width='10' height='10' rx='2'/><path d='M13 7V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 "
        "2v6a2 2 0 0 0 2 2h2'/>"
    ),
    "quote": (
        "<path d='M4 13.5V9.5C4 7 5.3 5.5 8 5v2c-1.2.4-1.8 1.2-1.8 2.5H8v4zM11.5 13.5V9.5c0-2.5 1.3-4 "
        "4-4.5v2c-1.2.4-1.8 1.2-1.8 2.5h1.8v4z'/>"
    ),
    "bulb": "<path d='M7.5 14.5v-1.3A5 5 0 1 1 12.5 13.2v1.3zM8.3 17.3h3.4'/>",
    "flow": (
        "<rect x='2.8' y='7.5' width='5' height='5' rx='1.4'/><rect x='12.2' y='2.8' width='5' height='5' "
        "rx='1.4'/><rect x='12.2' y='12.2' width='5' height='5' rx='1.4'/><path d='M7.8 10H10a0 0 0 0 0 0 "
        "0V5.3h2.2M10 10v4.7h2.2'/>"
    ),
    "trend": "<path d='M3 14.5 8 9l3 3 6-6.5M12.5 5.5H17V10'/>",
    "grip": ("<path d='M7.5 5h.01M7.5 10h.01M7.5 15h.01M12.5 5h.01M12.5 10h.01M12.5 15h.01' stroke-width='2'/>"),
    "building": (
        "<path d='M4 17V4.5A1.5 1.5 0 0 1 5.5 3h6A1.5 1.5 0 0 1 13 4.5V17M13 8.5h1.5A1.5 1.5 0 0 1 16 "
        "10v7M2.8 17h14.4M7 6.5h3M7 9.5h3M7 12.5h3'/>"
    ),
    "award": "<circle cx='10' cy='7.8' r='4.8'/><path d='m7 11.6-1.2 5.9L10 15.2l4.2 2.3L13 11.6'/>",
    "text": "<path d='M4 5.5V4h12v1.5M10 4v12M7.5 16h5'/>",
    "bookmark": "<path d='M5.5 3h9v14L10 13.5 5.5 17z'/>",
    "monitor": "<rect x='2.5' y='3.5' width='15' height='10' rx='1.8'/><path d='M7 17h6M10 13.5V17'/>",
    "cmd": (
        "<path d='M7 7h6v6H7zM7 7H5.2A1.9 1.9 0 1 1 7 5.2zM13 7V5.2A1.9 1.9 0 1 1 14.8 7zM13 13h1.8a1.9 "
        "1.9 0 1 1-1.8 1.8zM7 13v1.8A1.9 1.9 0 1 1 5.2 13z'/>"
    ),
    "run": (
        "<circle cx='12.5' cy='4' r='1.6'/><path d='M5 9l3-2.3 3 .6-2 4.2 3 2 .5 4M9 11.5 7.5 14H4M11 "
        "7.3l2 2.4 2.7.3'/>"
    ),
    "info": "<circle cx='10' cy='10' r='7.2'/><path d='M10 9.2V14M10 6.2h.01'/>",
    "bold": "<path d='M6 3.5h4.7a3.2 3.2 0 0 1 0 6.4H6zM6 9.9h5.6a3.3 3.3 0 0 1 0 6.6H6z'/>",
    "italic": "<path d='M8.5 3.5H15M5 16.5h6.5M11.8 3.5 8.2 16.5'/>",
    "list": "<path d='M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01'/>",
    "list-n": (
        "<path d='M9 5h8M9 10h8M9 15h8M3.2 4 4.5 3.3v4M3.2 12.9c.2-1.3 2.3-1.2 2.1.1-.1.8-1.1 1.4-2.1 2.5h2.2'/>"
    ),
    "strike": (
        "<path d='M3 10h14M14.5 6.3c-.4-1.7-2-2.8-4.4-2.8-2.7 0-4.4 1.3-4.4 3.2 0 1.3.8 2.3 2.3 3M5.4 "
        "13.3c.3 2 2 3.2 4.7 3.2s4.6-1.3 4.6-3.3c0-.4-.1-.8-.2-1.1'/>"
    ),
    "trash": (
        "<path d='M3.5 5.5h13M8 5.5V4a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v1.5M5 5.5l.8 10.1A1.5 1.5 0 0 0 7.3 "
        "17h5.4a1.5 1.5 0 0 0 1.5-1.4L15 5.5M8.3 8.7l.3 5M11.7 8.7l-.3 5'/>"
    ),
    "expand": "<path d='M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4'/>",
    "refresh": "<path d='M16.5 4v4h-4M3.5 16v-4h4M15.9 8A6.4 6.4 0 0 0 4.4 7M4.1 12a6.4 6.4 0 0 0 11.5 1'/>",
    "out": ("<path d='M8 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3M13 6.5l3.5 3.5-3.5 3.5M16.5 10H8'/>"),
    "image": (
        "<rect x='3' y='3.5' width='14' height='13' rx='2'/><circle cx='7.3' cy='7.8' r='1.4'/><path "
        "d='m3.5 14.5 4-3.5 2.5 2 3.5-3.5 3.5 3.3'/>"
    ),
    "file": (
        "<path d='M5.5 2.8H11l4.5 4.5v8.4a1.5 1.5 0 0 1-1.5 1.5H5.5A1.5 1.5 0 0 1 4 15.7V4.3a1.5 1.5 0 0 "
        "1 1.5-1.5zM11 2.8v4.5h4.5'/>"
    ),
    "upload": ("<path d='M10 13V3.5M6 7.2l4-3.8 4 3.8M3.5 13v2a1.7 1.7 0 0 0 1.7 1.7h9.6a1.7 1.7 0 0 0 1.7-1.7v-2'/>"),
    "offline": (
        "<path d='M3 3l14 14M2.5 8a11 11 0 0 1 3.6-2.3M9 4.8A11 11 0 0 1 17.5 8M5 11a7.5 7.5 0 0 1 "
        "3-1.8M12.6 9.3A7.4 7.4 0 0 1 15 11M7.6 13.7a3.6 3.6 0 0 1 4.2-.4M10 16.5h.01'/>"
    ),
    "archive": (
        "<rect x='2.8' y='3.5' width='14.4' height='4' rx='1'/><path d='M4 7.5V15a1.5 1.5 0 0 0 1.5 "
        "1.5h9A1.5 1.5 0 0 0 16 15V7.5M8.2 10.5h3.6'/>"
    ),
    "panel": "<rect x='2.8' y='3.5' width='14.4' height='13' rx='2'/><path d='M12.3 3.5v13'/>",
    "keyboard": (
        "<rect x='2' y='5' width='16' height='10.5' rx='2'/><path d='M5 8h.01M8 8h.01M11 8h.01M14.5 8h.01M5.5 12.2h9'/>"
    ),
    "contrast": "<circle cx='10' cy='10' r='7.2'/><path fill='#000' d='M10 2.8v14.4a7.2 7.2 0 0 0 0-14.4z'/>",
    "forward": "<path d='M11.5 4.5 17 9.7l-5.5 5.2v-3C7.3 11.8 4.8 13 3 15.5c.3-4.2 2.9-7.6 8.5-8.2z'/>",
    "reply": "<path d='M8.5 4.5 3 9.7l5.5 5.2v-3c4.2-.1 6.7 1.1 8.5 3.6-.3-4.2-2.9-7.6-8.5-8.2z'/>",
    "bug": (
        "<path d='M6.2 8.5h7.6v4a3.8 3.8 0 0 1-7.6 0zM7.2 8.5a2.8 2.8 0 0 1 5.6 0M3 7.5l3.2 1.6M17 "
        "7.5l-3.2 1.6M2.5 12.2h3.7M17.5 12.2h-3.7M3.5 17l3-2M16.5 17l-3-2M10 8.5v7.7'/>"
    ),
}

SHEET = Path(__file__).parent / "static/ui/icons.css"
FRAME = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' fill='none' stroke='#000' "
    "stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'>"
)
HEAD = """\
/* Written by otklik/core/ui/glyphs.py from its list; do not edit. */
@layer components {
  .i {
    display: inline-block;
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    vertical-align: -0.22em;
    background: currentColor;
    mask: var(--i) center / contain no-repeat;
    &.s {
      inline-size: 0.875rem;
      block-size: 0.875rem;
      vertical-align: -0.14em;
    }
    &.l {
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }
  }
  @media (forced-colors: active) {
    .i {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
"""


def stylesheet() -> str:
    """The whole icons.css as text."""
    rules = (f'  .i-{name} {{\n    --i: url("{_data_url(drawing)}");\n  }}\n' for name, drawing in GLYPHS.items())
    return HEAD + "".join(rules) + "}\n"


def _data_url(drawing: str) -> str:
    return "data:image/svg+xml," + quote(f"{FRAME}{drawing}</svg>", safe=" =:/'")


if __name__ == "__main__":
    SHEET.write_text(stylesheet(), encoding="utf-8")
