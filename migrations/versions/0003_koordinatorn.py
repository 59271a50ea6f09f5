"""The coordinator: guide values of steg, who waits for a place, reviews of undantag, periods gone through."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A check goes along with its column: both databases add it so, and drop both together.
COLUMNS = (
    *(
        ("steg", name, f"INTEGER CONSTRAINT ck_steg_{name} CHECK ({name} > 0)")
        for name in ("riktvarde_dagar", "grans")
    ),
    ("enhet", "anordnare", "TEXT DEFAULT '' NOT NULL"),
)
# Days for the steg that every register begins with; each municipality may change them.
RIKTVARDEN = {
    "Aktualisering": 14, "Kartläggning": 30, "Planering": 14,
    "Insats": 180, "Matchning": 60, "Uppföljning": 90,
}  # fmt: skip


def upgrade() -> None:
    for table, name, kind in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.add_column("steg", sa.Column("aktiv", sa.Boolean(), server_default=sa.true(), nullable=False))
    for namn, dagar in RIKTVARDEN.items():
        op.execute(f"UPDATE steg SET riktvarde_dagar = {dagar} WHERE namn = '{namn}'")
    op.create_table(
        "avstamning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.Column("till", sa.Date(), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("klar", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("till >= fran", name=op.f("ck_avstamning_ordning")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avstamning")),
        sa.UniqueConstraint("fran", "till", "signatur", name=op.f("uq_avstamning_fran_till_signatur")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "platsko",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("enhet_id", sa.Integer(), nullable=True),
        sa.Column("insatstyp_id", sa.Integer(), nullable=True),
        sa.Column("sedan", sa.Date(), nullable=False),
        sa.Column("onskad_start", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("till", sa.Date(), nullable=True),
        sa.Column("insats_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("enhet_id IS NOT NULL OR insatstyp_id IS NOT NULL", name=op.f("ck_platsko_mal")),
        sa.CheckConstraint("till IS NULL OR till >= sedan", name=op.f("ck_platsko_ordning")),
        sa.CheckConstraint("insats_id IS NULL OR till IS NOT NULL", name=op.f("ck_platsko_insats")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_platsko_{table}_id_{table}"),
                ondelete="RESTRICT",
            )
            for table in ("enhet", "insats", "insatstyp", "inskrivning")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platsko")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_platsko_inskrivning_id"), "platsko", ["inskrivning_id"])
    op.create_index(op.f("ix_platsko_insats_id"), "platsko", ["insats_id"])
    op.create_index("ix_platsko_till", "platsko", ["till"])
    op.create_table(
        "undantagsgranskning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("undantag_id", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("beslut", sa.String(length=40), nullable=False),
        sa.Column("skal", sa.Text(), server_default="", nullable=False),
        sa.Column("nasta", sa.Date(), nullable=True),
        sa.CheckConstraint("beslut IN ('kvarstår', 'upphör')", name=op.f("ck_undantagsgranskning_beslut")),
        sa.CheckConstraint("skal <> ''", name=op.f("ck_undantagsgranskning_skal")),
        sa.CheckConstraint("nasta IS NULL OR nasta > datum", name=op.f("ck_undantagsgranskning_nasta")),
        sa.ForeignKeyConstraint(
            ["undantag_id"],
            ["undantag.id"],
            name=op.f("fk_undantagsgranskning_undantag_id_undantag"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undantagsgranskning")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_undantagsgranskning_undantag_id"), "undantagsgranskning", ["undantag_id"])


def downgrade() -> None:
    op.drop_table("undantagsgranskning")
    op.drop_table("platsko")
    op.drop_table("avstamning")
    op.drop_column("steg", "aktiv")
    for table, name, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
