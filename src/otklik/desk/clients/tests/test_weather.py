"""The weather: asked by a job, kept for an hour, shown or not, never in the way of a page."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.desk.clients import doctor, weather
from otklik.desk.clients.models import PlaceWeather, Situation

pytestmark = pytest.mark.django_db
OMSK = "Asia/Omsk"


class Provider(BaseHTTPRequestHandler):
    """Speaks the documented JSON of Open-Meteo; `said` is its answer, `asked` what came."""

    said: bytes = b""
    asked: list[str] = []

    def do_GET(self) -> None:
        Provider.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(Provider.said)

    def log_message(self, *arguments: Any) -> None:
        pass


def current(degrees: float, code: int) -> bytes:
    return json.dumps({"latitude": 55.0, "current": {"temperature_2m": degrees, "weather_code": code}}).encode()


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place = f"127.0.0.1:{server.server_address[1]}"
    settings.EGRESS_ALLOW, settings.WEATHER_URL = [place], f"http://{place}"
    Provider.said, Provider.asked = current(27.4, 95), []
    yield Provider
    server.shutdown()
    server.server_close()


def test_a_page_asks_nobody_and_the_job_does(provider: type[Provider]) -> None:
    assert weather.weather_of(OMSK) is None and provider.asked == []

    assert weather.ask_due() == 1
    found = weather.weather_of(OMSK)
    assert found and found.temperature == "+27°" and found.situations == [Situation.STORM]
    assert provider.asked == ["/v1/forecast?latitude=55.0&longitude=73.4&current=temperature_2m%2Cweather_code"]
    assert [one.level for one in doctor.examine()] == ["good"]


def test_a_place_is_asked_about_once_an_hour_and_forgotten_when_nobody_looks(provider: type[Provider]) -> None:
    weather.weather_of(OMSK)
    assert [weather.ask_due() for _time in range(3)] == [1, 0, 0]

    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        assert weather.ask_due() == 1
    with clock.at(clock.now() + timedelta(days=2)):
        assert weather.ask_due() == 0


@pytest.mark.parametrize(
    "said", [b"", b"<html>", b"[]", b"{}", b'{"current": null}', current(900, 0), b'{"current": {"weather_code": 1}}']
)
def test_nonsense_is_silent_on_the_page_and_seen_in_doctor(provider: type[Provider], said: bytes) -> None:
    provider.said = said
    weather.weather_of(OMSK)

    assert weather.ask_due() == 0 and weather.weather_of(OMSK) is None
    (finding,) = doctor.examine()
    assert finding.level == "warning"


def test_a_silent_provider_leaves_the_last_weather_for_a_while(provider: type[Provider], settings: Any) -> None:
    weather.weather_of(OMSK)
    weather.ask_due()
    settings.EGRESS_ALLOW = []  # a closed network

    with clock.at(clock.now() + timedelta(hours=2)):
        assert weather.ask_due() == 0 and weather.weather_of(OMSK) is not None
    with clock.at(clock.now() + timedelta(hours=4)):
        assert weather.weather_of(OMSK) is None


def test_it_is_off_unless_an_address_is_set(settings: Any, django_assert_num_queries: Any) -> None:
    settings.WEATHER_URL = ""

    with django_assert_num_queries(0):
        assert weather.weather_of(OMSK) is None and weather.ask_due() == 0 and list(doctor.examine()) == []
    assert not PlaceWeather.objects.exists()


@pytest.mark.parametrize(
    ("degrees", "kind", "said", "situations"),
    [
        (-20.0, Situation.SNOW, "\N{MINUS SIGN}20°", [Situation.SNOW, Situation.FROST]),
        (30.2, Situation.CLEAR, "+30°", [Situation.HEAT]),
        (0.3, None, "0°", []),
        (12.0, Situation.CLEAR, "+12°", [Situation.CLEAR]),
    ],
)
def test_what_is_worth_a_word(degrees: float, kind: Situation | None, said: str, situations: list[Situation]) -> None:
    found = weather.Weather(degrees, kind)

    assert (found.temperature, found.situations) == (said, situations)
