"""Where the cities of time zones lie: latitude and longitude to a tenth of a degree.

A client's city is that of their time zone: no service is asked where somebody lives.
"""

CITIES: dict[str, tuple[float, float]] = {
    "Europe/Kaliningrad": (54.7, 20.5),
    "Europe/Moscow": (55.8, 37.6),
    "Europe/Samara": (53.2, 50.1),
    "Asia/Yekaterinburg": (56.8, 60.6),
    "Asia/Omsk": (55.0, 73.4),
    "Asia/Novosibirsk": (55.0, 82.9),
    "Asia/Krasnoyarsk": (56.0, 92.9),
    "Asia/Irkutsk": (52.3, 104.3),
    "Asia/Yakutsk": (62.0, 129.7),
    "Asia/Vladivostok": (43.1, 131.9),
    "Asia/Magadan": (59.6, 150.8),
    "Asia/Kamchatka": (53.0, 158.7),
    "Europe/Saratov": (51.5, 46.0),
    "Europe/Volgograd": (48.7, 44.5),
    "Asia/Tomsk": (56.5, 85.0),
    "Europe/Minsk": (53.9, 27.6),
    "Asia/Almaty": (43.2, 76.9),
    "Asia/Tashkent": (41.3, 69.2),
    "Asia/Tbilisi": (41.7, 44.8),
    "Asia/Yerevan": (40.2, 44.5),
    "Europe/Berlin": (52.5, 13.4),
    "Europe/London": (51.5, -0.1),
    "Europe/Paris": (48.9, 2.4),
    "America/New_York": (40.7, -74.0),
}
