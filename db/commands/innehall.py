"""Bytes kept in the register by their SHA-256, once however many hold them."""

import hashlib
from importlib import import_module

from sqlalchemy.orm import Session

from db.models import Dokumentinnehall


def keep_bytes(session: Session, data: bytes) -> str:
    """Keep the bytes, unless they are kept already; their SHA-256. Part of the caller's act."""
    sha256 = hashlib.sha256(data).hexdigest()
    # One of the two: the other's module is heavy, and never needed in the same register.
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    # The same bytes may be there: of another document, of one removed, of one being attached now.
    content = dialect.insert(Dokumentinnehall).values(sha256=sha256, data=data)
    session.execute(content.on_conflict_do_nothing())
    return sha256
