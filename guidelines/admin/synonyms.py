"""The admin's page for the words that searching takes for one another."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acting import ActAdmin, ActForm
from governance.words import WordsField
from guidelines import synonyms
from guidelines.models import Synonym


class SynonymForm(ActForm):
    """Let words be taken for one another, or change which."""

    words = WordsField(label=gettext_lazy("言葉"))

    def perform(self):
        synonym = self.before()
        if synonym:
            return synonyms.change_synonym(synonym, by=self.by, **self.changed())
        return synonyms.add_synonym(by=self.by, **self.cleaned_data)


@admin.register(Synonym)
class SynonymAdmin(ActAdmin):
    """Words of one meaning; what is kept here holds from the next search on."""

    form = SynonymForm
    fields = ["words", "note"]
    list_display = ["__str__", "note"]
    search_fields = ["words", "note"]

    def get_changeform_initial_data(self, request):
        """A word may come with the address, as from the list of what was searched for."""
        return {"words": request.GET.getlist("word")}

    def changelist_view(self, request, extra_context=None):
        """The list says what is known without it."""
        if request.method == "GET":
            messages.info(
                request,
                _(
                    "用語集にある略語と正式な名称は、ここに書かなくても互いに探されます。"
                    "ここで加えた言葉は、次の検索から効きます。"
                ),
            )
        return super().changelist_view(request, extra_context)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("guidelines.delete_synonym")

    def delete_model(self, request, obj):
        synonyms.remove_synonym(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for synonym in queryset:
            synonyms.remove_synonym(synonym, by=request.user)
