"""A form field for a few words, one a line, kept as a list."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsField(forms.CharField):
    """Words, one a line; a list in Python."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs):
        super().__init__(required=False, help_text=_("一行に一つ。"), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)
