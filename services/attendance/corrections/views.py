"""Corrections as they are answered."""

from fastapi import Response

from kit.etags import tag
from kit.idempotency import Answer
from kit.mongo import Document
from services.attendance.corrections.models import ClaimedSite, CorrectionView
from services.attendance.devices.registry import Registry


def view(row: Document, registry: Registry) -> CorrectionView:
    """A stored correction as it is answered."""
    site_id = row["site_id"]
    site = registry.sites.get(site_id) if site_id else None
    named = ClaimedSite(id=site_id, name=site.name if site else site_id) if site_id else None
    return CorrectionView(id=row["_id"], site=named, **{name: row[name] for name in KEPT})


KEPT = tuple(CorrectionView.model_fields.keys() - {"id", "site"})


def answered(row: Document, registry: Registry) -> Answer:
    """A new correction as it is answered, and answered again."""
    return Answer.of(view(row, registry), 201, {"ETag": tag(row["version"])})


def tagged(row: Document, registry: Registry, response: Response) -> CorrectionView:
    """A correction with its version as entity tag."""
    response.headers["ETag"] = tag(row["version"])
    return view(row, registry)
