"""Fields are drawn with their label, hint and error tied to the input."""

import re

import pytest
from django import forms

from otklik.core.ui.forms import Renderer


class Sample(forms.Form):
    name = forms.CharField(help_text="as in the passport")
    until = forms.DateField(widget=forms.DateInput(attrs={"class": "tall"}))
    way = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    tags = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=[("x", "X")], required=False)
    agree = forms.BooleanField()
    quiet = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"role": "switch"}))
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Both <dates> are needed")


@pytest.fixture
def drawn() -> str:
    return str(Sample({"until": "tomorrow"}, renderer=Renderer()))


def test_an_error_is_text_tied_to_its_input(drawn: str) -> None:
    assert drawn.count('data-s="error"') == 4
    assert 'id="id_name_error"' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_inputs_get_the_look_and_keep_their_own_class(drawn: str) -> None:
    assert 'class="input tall"' in drawn
    assert 'type="checkbox" name="agree" class' not in drawn


def test_each_kind_has_its_markup(drawn: str) -> None:
    assert drawn.count('class="switch"') == 1
    assert drawn.count('class="tick"') == 2
    assert drawn.count('class="seg fit"') == 1
    assert "<legend>Way</legend>" in drawn


def test_errors_of_the_whole_form_stand_first_and_are_escaped(drawn: str) -> None:
    assert drawn.index('role="alert"') < drawn.index("id_name")
    assert "Both &lt;dates&gt; are needed" in drawn


def test_every_id_is_there_once(drawn: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))
