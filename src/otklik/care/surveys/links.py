"""The open address of a survey, and its picture for a counter or a box."""

from io import BytesIO

import qrcode
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathFillImage

from otklik.care.surveys.models import Survey
from otklik.desk.tickets.links import site_url


def address_of(survey: Survey) -> str:
    """Empty where the survey has none."""
    return f"{site_url()}/ask/{survey.link}/" if survey.link and survey.is_running else ""


def snippet_of(survey: Survey) -> str:
    """What a site includes to show the survey in a window; empty where it may appear nowhere."""
    address = address_of(survey)
    return f'<script async src="{address}embed.js"></script>' if address and survey.sites else ""


def qr_of(survey: Survey) -> SafeString:
    """An SVG of the address, to be printed."""
    address = address_of(survey)
    if not address:
        return SafeString("")
    picture = BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage, border=3).save(picture)
    return SafeString(picture.getvalue().decode().partition("?>")[2])
