"""Style sheets and scripts under names that change with their content, so that they may be kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Scripts import each other by such names too: no page ever runs two ages of them together."""

    support_js_module_import_aggregation = True
