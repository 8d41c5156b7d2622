"""A brand: what a client sees as one company."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.staff.models import Brand, Logo, Organisation, Team
from otklik.core.ui import accent
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.signature_field import SignatureField
from otklik.desk.conversations.pages import Busy, Picture, picture_of
from otklik.desk.conversations.rasters import HEAD, STARTS, raster_of

LARGEST = 2 * 1024 * 1024
BOX = (480, 160)
"""Twice what pages and letters show, for screens with fine dots."""


class Belongings(forms.ModelMultipleChoiceField):
    """What can belong to a brand; what belongs to another one says so, since ticking takes it away there."""

    widget = forms.CheckboxSelectMultiple
    taker: Brand | None = None

    def label_from_instance(self, obj: Any) -> str:
        words = f"{obj.name} · {obj.address}" if isinstance(obj, Channel) else str(obj)
        elsewhere = obj.brand_id and obj.brand != self.taker
        return _now("%(what)s (now %(brand)s)") % {"what": words, "brand": obj.brand} if elsewhere else words


class BrandForm(forms.ModelForm):
    name = forms.CharField(label=pgettext_lazy("of a brand", "Name"), max_length=120, required=False)
    sender_name = forms.CharField(
        label=_("Sender's name"), max_length=120, required=False, help_text=_("empty: the name of the brand")
    )
    colour = forms.CharField(
        label=_("Colour"),
        max_length=20,
        required=False,
        help_text=_("of buttons and links, for example #0b6e99; empty: that of Otklik"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-colour": ""}),
    )
    signature = SignatureField(
        help_text=_("Markdown; {{agent}}, {{company}} and {{line}} are filled in. A mailbox and a line may have others")
    )
    language = forms.ChoiceField(label=_("Language for clients"), required=False, widget=forms.RadioSelect)
    picture = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG, GIF or WebP of 2 MB at most; best without a background"),
        widget=forms.FileInput(attrs={"accept": ",".join(STARTS)}),
    )
    no_picture = forms.BooleanField(label=_("Without a logo"), required=False)
    channels = Belongings(
        Channel.objects.exclude(kind=VOICE).select_related("brand").order_by("name"),
        label=_("Mailboxes"),
        required=False,
    )
    lines = Belongings(Team.objects.select_related("brand"), label=_("Lines"), required=False)

    class Meta:
        model = Brand
        fields = ("name", "sender_name", "colour", "signature", "language")

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        as_company = [("", _("as the company"))]
        self.fields["language"].choices = [*as_company, *settings.LANGUAGES]  # type: ignore[attr-defined]
        self.drawn: Picture | None = None
        if self.instance.is_usual:
            self.fields["name"].help_text = _("empty: the name of the company")
            del self.fields["channels"], self.fields["lines"]
        elif self.instance.pk:
            for name in ("channels", "lines"):
                mine = getattr(self.instance, name).values_list("pk", flat=True)
                self.fields[name].initial = list(mine)
                self.fields[name].taker = self.instance  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if not name and not self.instance.is_usual:
            raise ValidationError(_now("A brand beside the company needs a name."))
        others = Brand.objects.exclude(pk=self.instance.pk)
        taken = others.filter(name__iexact=name).exists() if name else False
        if taken or (not self.instance.is_usual and name.lower() == Organisation.objects.current().name.lower()):
            raise ValidationError(_now("There is a brand of this name already."))
        return name

    def clean_colour(self) -> str:
        """Six figures, however people copy them; one that cannot be seen is refused with its ratio."""
        typed = self.cleaned_data["colour"].strip().lower().removeprefix("#")
        if re.fullmatch("[0-9a-f]{3}", typed):
            typed = "".join(digit * 2 for digit in typed)
        colour = f"#{typed}" if typed else ""
        if colour and not accent.SHAPE.match(colour):
            raise ValidationError(_now("Write the colour as #0b6e99: six figures from 0 to f."))
        if colour and not accent.is_seen(colour):
            words = _now("Too pale: a button of it is hardly seen on a light page (%(ratio)s : 1, needed are 3 : 1).")
            raise ValidationError(words % {"ratio": number_format(round(accent.contrast(colour, accent.WHITE), 1))})
        return colour

    def clean_picture(self) -> UploadedFile | None:
        """Drawn anew in a child: nothing of the file itself is ever given to a client."""
        file: UploadedFile | None = self.cleaned_data["picture"]
        if file is None:
            return None
        if (file.size or 0) > LARGEST:
            raise ValidationError(_now("The picture is larger than 2 MB."))
        head = file.read(HEAD)
        if raster_of(head) is None:
            raise ValidationError(_now("Not a picture of pixels: send PNG, JPEG, GIF or WebP. SVG may carry scripts."))
        try:
            self.drawn = picture_of(file, *BOX)
        except Busy:
            raise ValidationError(_now("Many pictures are being drawn at this moment. Send it once more.")) from None
        if self.drawn is None:
            raise ValidationError(_now("The picture cannot be read, is empty or has too many pixels."))
        return file

    @transaction.atomic
    def save(self, commit: bool = True) -> Brand:
        if self.drawn:
            self.instance.logo = Logo.objects.keep(
                self.drawn.png, self.drawn.width, self.drawn.height, self.drawn.plate
            )
        elif self.cleaned_data["no_picture"]:
            self.instance.logo = None
        brand: Brand = super().save(commit)
        for name in ("channels", "lines"):
            if name in self.fields:
                self._gather(name)
        return brand

    def _gather(self, name: str) -> None:
        """What was ticked belongs here from now on, what no longer is to no brand of its own."""
        mine: Any = getattr(self.instance, name)
        ticked = set(self.cleaned_data[name])
        for each in {*ticked, *mine.all()}:
            each.brand = self.instance if each in ticked else None
            each.save(update_fields=["brand"])
