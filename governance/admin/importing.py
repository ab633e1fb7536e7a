"""The admin's pages by which records come in from a file: upload, report, confirmation."""

import base64
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from governance.admin.records import RecordAdmin
from governance.importing import KINDS, take
from governance.importing.files import MAX_BYTES
from governance.permissions import kept_by
from governance.refusals import Refusal
from governance.sheets import EXCEL, write_csv, write_excel

# Seconds between looking at the report and confirming it.
MAX_AGE = 3600
# Rows of the report shown on the page, those that are wrong first.
MAX_SHOWN = 500


class FileForm(forms.Form):
    """Which file."""

    file = forms.FileField(
        label=gettext_lazy("ファイル"),
        help_text=gettext_lazy("CSV（UTF-8又はShift_JIS）かExcel（xlsx）。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self):
        """Its content, unless it is too large to be kept until it is confirmed."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("ファイルが大きすぎます（%(size).1f MB）。%(most).1f MBまで取り込めます。")
                % {"size": file.size / 1e6, "most": MAX_BYTES / 1e6}
            )
        return file.read()


class ImportingAdmin(RecordAdmin):
    """An admin page to whose list records may be taken in from a file."""

    import_kind: ClassVar[str]

    def get_urls(self):
        """With the page of the import and the files to begin with."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name=f"{name}_import"),
            path("template.<slug:ending>", wrap(self.template_view), name=f"{name}_template"),
            *super().get_urls(),
        ]

    def tools(self, request):
        """The list leads to the import."""
        return [(self._address("import"), _("ファイルから取り込む"))] if self._may(request) else []

    def import_view(self, request):
        """Upload a file, look at what it would do, and confirm it."""
        if not self._may(request):
            raise PermissionDenied
        form, context, status = FileForm(), {}, 200
        try:
            if "confirmed" in request.POST:
                content = self._kept(request)
                report = take(self.import_kind, content, by=request.user)
                if report.is_sound:
                    messages.success(request, _("取り込みました。%s") % report.summary())
                    return HttpResponseRedirect(self._address("changelist"))
                context, status = self._show(request, report, content), 422
            elif request.method == "POST":
                form, status = FileForm(request.POST, request.FILES), 422
                if form.is_valid():
                    content = form.cleaned_data["file"]
                    report = take(self.import_kind, content, by=request.user, dry_run=True)
                    status = 200 if report.is_sound else 422
                    context, form = self._show(request, report, content), FileForm()
        except Refusal as refusal:
            context["refusal"], status = str(refusal), 422
        return TemplateResponse(
            request,
            "admin/import_records.html",
            {
                **self.admin_site.each_context(request),
                "title": _("%sをファイルから取り込む") % self.opts.verbose_name,
                "opts": self.opts,
                "form": form,
                "columns": KINDS[self.import_kind]().columns,
                "media": self.media,
                "templates": [
                    (self._address("template", ending), label)
                    for ending, label in (("csv", "CSV"), ("xlsx", "Excel"))
                ],
                "most": MAX_SHOWN,
                **context,
            },
            status=status,
        )

    def template_view(self, request, ending):
        """A file with the records that there are, to be filled in further and taken in."""
        if not self._may(request):
            raise PermissionDenied
        kind = KINDS[self.import_kind]()
        header = [
            str(column.label) if get_language() == "ja" else column.name for column in kind.columns
        ]
        rows = [kind.row_of(thing) for thing in kept_by(request.user, kind.things())]
        if ending == "csv":
            response = HttpResponse(write_csv(header, rows), content_type="text/csv; charset=utf-8")
        elif ending == "xlsx":
            title = str(self.opts.verbose_name)
            response = HttpResponse(write_excel(header, rows, title=title), content_type=EXCEL)
        else:
            raise Http404
        day = timezone.localdate()
        response["Content-Disposition"] = (
            f'attachment; filename="{self.import_kind}-{day}.{ending}"'
        )
        return response

    def _show(self, request, report, content):
        """What the page says of a report, with the file sealed for its confirmation."""
        lines = sorted(report.lines, key=lambda line: not line.problems)
        context = {"report": report, "lines": lines[:MAX_SHOWN]}
        if report.is_sound:
            kept = base64.b64encode(content).decode()
            context["kept"] = signing.dumps(kept, salt=self._salt(request), compress=True)
        return context

    def _kept(self, request):
        """The file that was looked at. Raises Refusal when it is another, or long ago."""
        try:
            kept = signing.loads(
                request.POST.get("kept", ""), salt=self._salt(request), max_age=MAX_AGE
            )
        except signing.BadSignature as error:
            raise Refusal(
                _("確認の期限（一時間）が過ぎました。ファイルをもう一度選んでください。")
            ) from error
        return base64.b64decode(kept)

    def _salt(self, request):
        return f"import {self.import_kind} {request.user.pk}"

    def _may(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def _address(self, page, *args):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=args)
