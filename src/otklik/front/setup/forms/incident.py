"""The rhythm of incidents, by their severity."""

from django import forms

from otklik.care.incidents.models import IncidentPolicy


class IncidentPolicyForm(forms.ModelForm):
    class Meta:
        model = IncidentPolicy
        fields = (
            *("s1_first", "s1_every", "s2_first", "s2_every", "s3_first", "s3_every"),
            *("post_mortem_from", "s1_closed_within", "closed_within"),
        )
