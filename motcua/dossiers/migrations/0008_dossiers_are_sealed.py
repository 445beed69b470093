"""Seal every dossier over the rows that its events do not speak of.

Why:   receipts, cash, files, corrections and hand-over lists could be changed behind the product's
       back without `verify` naming the dossier.
Size:  64 characters on each dossier; those of a district's year are sealed in seconds. What is
       stored on the day of the migration is what counts as unchanged from then on. The seal is
       made as it was then: who lets it cover more makes all of them anew in a later migration.
Locks: the dossiers, while the column is added and they are sealed.
Undo:  the reverse drops the column; no other data is lost. No guarded table is touched.
"""

import hashlib
import json
from collections import defaultdict
from datetime import UTC, datetime

from django.db import migrations, models

AT_ONCE = 1000
# In the order of the seal: each table, the way from its rows to their dossiers, its columns.
SEALED = (
    (
        "Receipt",
        "dossiers",
        ("unit_id", "year", "position", "token", "issued_at", "officer_id", "counter_id"),
    ),
    ("ReceiptIssue", "receipt__dossiers", ("position", "at", "officer_id", "reason")),
    ("Payment", "dossier", ("name", "amount", "counter_id", "officer_id", "at")),
    (
        "Attachment",
        "dossier",
        (
            "kind",
            "paper_id",
            "name",
            "digest",
            "media_type",
            "size",
            "pages",
            "added_at",
            "officer_id",
        ),
    ),
    ("Correction", "dossier", ("event_id", "subject", "before", "after")),
    (
        "HandOverLine",
        "dossier",
        (
            "position",
            "note",
            "hand_over_list__unit_id",
            "hand_over_list__to_agency_id",
            "hand_over_list__year",
            "hand_over_list__position",
            "hand_over_list__made_at",
            "hand_over_list__officer_id",
            "hand_over_list__confirmed_at",
            "hand_over_list__confirmed_by_id",
        ),
    ),
)


def seal_all(apps, schema_editor):
    """Seal each dossier as its rows are stored now."""
    Dossier = apps.get_model("dossiers", "Dossier")
    keys = list(Dossier.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        part = Dossier.objects.filter(pk__in=keys[start : start + AT_ONCE])
        tables = [_rows(apps, part, *table) for table in SEALED]
        Dossier.objects.bulk_update(
            [
                Dossier(pk=key, seal=_seal([number, *(sorted(rows[key]) for rows in tables)]))
                for key, number in part.values_list("pk", "number")
            ],
            ["seal"],
        )


def _rows(apps, part, model, dossier, columns):
    """Return the rows of these dossiers as they are written in a seal, by dossier."""
    found = defaultdict(list)
    rows = apps.get_model("dossiers", model).objects.filter(**{f"{dossier}__in": part.values("pk")})
    for key, *values in rows.order_by().values_list(dossier, *columns):
        found[key].append([_written(value) for value in values])
    return found


def _written(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return "" if value is None else str(value)


def _seal(content):
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_papers_are_fetched")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="seal",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=64,
                verbose_name="dấu hồ sơ",
            ),
        ),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
    ]
