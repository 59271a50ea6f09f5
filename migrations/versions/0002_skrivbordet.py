"""The desk: notes, documents, plans with steps, follow-ups, schedules, drafts and what staff keep."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FORSORJNING = (
    "ekonomiskt bistånd", "lön", "lön med stöd", "eget företag", "studiemedel", "a-kassa", "aktivitetsstöd",
    "etableringsersättning", "sjukpenning", "sjukersättning", "föräldrapenning", "pension",
    "annan försörjning", "ingen känd",
)  # fmt: skip


def _one_of(column: str) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in FORSORJNING)})"


# A check goes along with its column: both databases add it so, and drop both together.
COLUMNS = (
    *(
        (
            "inskrivning",
            name,
            f"VARCHAR(40) CONSTRAINT ck_inskrivning_{name} CHECK ({_one_of(name)})",
        )
        for name in ("forsorjning_fore", "forsorjning_efter")
    ),
    ("mote", "syfte", "TEXT DEFAULT '' NOT NULL"),
    ("mote", "plats", "TEXT DEFAULT '' NOT NULL"),
    ("mote", "signatur", "VARCHAR(64) DEFAULT '' NOT NULL"),
    ("narvaro", "notering", "TEXT DEFAULT '' NOT NULL"),
)


def upgrade() -> None:

    op.create_table(
        "anteckningsmall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("namn", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("agare", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anteckningsmall")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_anteckningsmall_agare_namn", "anteckningsmall", ["agare", "namn"], unique=True)
    op.create_table(
        "dokumentinnehall",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_dokumentinnehall_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_dokumentinnehall")),
        sqlite_with_rowid=True,
    )
    op.create_table(
        "passerad_varning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tabell", sa.String(length=40), nullable=False),
        sa.Column("rad_id", sa.Integer(), nullable=False),
        sa.Column("falt", sa.String(length=40), nullable=False),
        sa.Column("varning", sa.Text(), server_default="", nullable=False),
        sa.Column("skal", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("skal <> ''", name=op.f("ck_passerad_varning_skal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passerad_varning")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_passerad_varning_tabell_rad_id", "passerad_varning", ["tabell", "rad_id"], unique=False
    )
    op.create_table(
        "sparad_lista",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agare", sa.String(length=64), nullable=False),
        sa.Column("skarm", sa.String(length=40), nullable=False),
        sa.Column("namn", sa.String(length=200), nullable=False),
        sa.Column("delad", sa.Boolean(), nullable=False),
        sa.Column("val", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparad_lista")),
        sa.UniqueConstraint("agare", "skarm", "namn", name=op.f("uq_sparad_lista_agare_skarm_namn")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "uppskjuten",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("lista", sa.String(length=40), nullable=False),
        sa.Column("rad_id", sa.Integer(), nullable=False),
        sa.Column("till", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uppskjuten")),
        sa.UniqueConstraint("signatur", "lista", "rad_id", name=op.f("uq_uppskjuten_signatur_lista_rad_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "anteckning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("rubrik", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("skapad", sa.String(length=27), nullable=False),
        sa.Column("signerad", sa.String(length=27), nullable=True),
        sa.Column("rattar_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_anteckning_deltagare_id_deltagare"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["rattar_id"],
            ["anteckning.id"],
            name=op.f("fk_anteckning_rattar_id_anteckning"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anteckning")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_anteckning_deltagare_id_datum", "anteckning", ["deltagare_id", "datum"], unique=False)
    op.create_index(op.f("ix_anteckning_rattar_id"), "anteckning", ["rattar_id"], unique=False)
    op.create_table(
        "dokument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.Column("namn", sa.String(length=200), nullable=False),
        sa.Column("typ", sa.String(length=100), nullable=False),
        sa.Column("storlek", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("beskrivning", sa.Text(), server_default="", nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("skapad", sa.String(length=27), nullable=False),
        sa.CheckConstraint("storlek >= 0", name=op.f("ck_dokument_storlek")),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_dokument_deltagare_id_deltagare"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["dokumentinnehall.sha256"],
            name=op.f("fk_dokument_sha256_dokumentinnehall"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dokument")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dokument_deltagare_id"), "dokument", ["deltagare_id"], unique=False)
    op.create_index(op.f("ix_dokument_sha256"), "dokument", ["sha256"], unique=False)
    op.create_table(
        "oppnad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.String(length=27), nullable=False),
        sa.Column("fast", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_oppnad_deltagare_id_deltagare"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oppnad")),
        sa.UniqueConstraint("signatur", "deltagare_id", name=op.f("uq_oppnad_signatur_deltagare_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_oppnad_deltagare_id"), "oppnad", ["deltagare_id"], unique=False)
    op.create_index("ix_oppnad_signatur_tid", "oppnad", ["signatur", "tid"], unique=False)
    op.create_table(
        "utkast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("nyckel", sa.String(length=200), nullable=False),
        sa.Column("deltagare_id", sa.Integer(), nullable=True),
        sa.Column("rubrik", sa.String(length=200), nullable=False),
        sa.Column("tid", sa.String(length=27), nullable=False),
        sa.Column("varden", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_utkast_deltagare_id_deltagare"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utkast")),
        sa.UniqueConstraint("signatur", "nyckel", name=op.f("uq_utkast_signatur_nyckel")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_utkast_deltagare_id"), "utkast", ["deltagare_id"], unique=False)
    op.create_table(
        "bipplan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("nasta", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inskrivning_id"],
            ["inskrivning.id"],
            name=op.f("fk_bipplan_inskrivning_id_inskrivning"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bipplan")),
        sa.UniqueConstraint("inskrivning_id", name=op.f("uq_bipplan_inskrivning_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "uppfoljning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("slag", sa.String(length=40), nullable=False),
        sa.Column("planerad", sa.Date(), nullable=False),
        sa.Column("genomford", sa.Date(), nullable=True),
        sa.Column("forsorjning", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(_one_of("forsorjning"), name=op.f("ck_uppfoljning_forsorjning")),
        sa.CheckConstraint(
            "slag IN ('1 månad', '6 månader', '12 månader')", name=op.f("ck_uppfoljning_slag")
        ),
        sa.CheckConstraint(
            "forsorjning IS NULL OR genomford IS NOT NULL", name=op.f("ck_uppfoljning_genomford")
        ),
        sa.ForeignKeyConstraint(
            ["inskrivning_id"],
            ["inskrivning.id"],
            name=op.f("fk_uppfoljning_inskrivning_id_inskrivning"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uppfoljning")),
        sa.UniqueConstraint("inskrivning_id", "slag", name=op.f("uq_uppfoljning_inskrivning_id_slag")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_uppfoljning_genomford_planerad", "uppfoljning", ["genomford", "planerad"], unique=False
    )
    op.create_table(
        "narvaroschema",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insats_id", sa.Integer(), nullable=False),
        sa.Column("veckodag", sa.Integer(), nullable=False),
        sa.Column("pass", sa.String(length=2), server_default="", nullable=False),
        sa.CheckConstraint("pass IN ('', 'fm', 'em')", name=op.f("ck_narvaroschema_pass")),
        sa.CheckConstraint("veckodag BETWEEN 1 AND 7", name=op.f("ck_narvaroschema_veckodag")),
        sa.ForeignKeyConstraint(
            ["insats_id"], ["insats.id"], name=op.f("fk_narvaroschema_insats_id_insats"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narvaroschema")),
        sa.UniqueConstraint(
            "insats_id", "veckodag", "pass", name=op.f("uq_narvaroschema_insats_id_veckodag_pass")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "osa_uppfoljning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insats_id", sa.Integer(), nullable=False),
        sa.Column("planerad", sa.Date(), nullable=False),
        sa.Column("genomford", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["insats_id"],
            ["insats.id"],
            name=op.f("fk_osa_uppfoljning_insats_id_insats"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_osa_uppfoljning")),
        sa.UniqueConstraint("insats_id", "planerad", name=op.f("uq_osa_uppfoljning_insats_id_planerad")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "planeringssteg",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("planering_id", sa.Integer(), nullable=False),
        sa.Column("ordning", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("ansvarig", sa.String(length=40), nullable=False),
        sa.Column("senast", sa.Date(), nullable=True),
        sa.Column("klar", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ansvarig IN ('deltagaren', 'handläggaren', 'annan')", name=op.f("ck_planeringssteg_ansvarig")
        ),
        sa.ForeignKeyConstraint(
            ["planering_id"],
            ["planering.id"],
            name=op.f("fk_planeringssteg_planering_id_planering"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planeringssteg")),
        sa.UniqueConstraint("planering_id", "ordning", name=op.f("uq_planeringssteg_planering_id_ordning")),
        sqlite_autoincrement=True,
    )

    for table, name, kind in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.drop_index("ix_insats_enhet_id_slut", table_name="insats")
    op.create_index("ix_insats_platser", "insats", ["enhet_id", "slut", "planerat_slut", "start"])
    _change_scale(10)


def downgrade() -> None:
    op.execute("UPDATE bip SET varde = 5 WHERE varde > 5")
    _change_scale(5)
    op.drop_index("ix_insats_platser", table_name="insats")
    op.create_index("ix_insats_enhet_id_slut", "insats", ["enhet_id", "slut"])
    for table, name, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")

    op.drop_table("planeringssteg")
    op.drop_table("osa_uppfoljning")
    op.drop_table("narvaroschema")
    op.drop_index("ix_uppfoljning_genomford_planerad", table_name="uppfoljning")
    op.drop_table("uppfoljning")
    op.drop_table("bipplan")
    op.drop_index(op.f("ix_utkast_deltagare_id"), table_name="utkast")
    op.drop_table("utkast")
    op.drop_index("ix_oppnad_signatur_tid", table_name="oppnad")
    op.drop_index(op.f("ix_oppnad_deltagare_id"), table_name="oppnad")
    op.drop_table("oppnad")
    op.drop_index(op.f("ix_dokument_sha256"), table_name="dokument")
    op.drop_index(op.f("ix_dokument_deltagare_id"), table_name="dokument")
    op.drop_table("dokument")
    op.drop_index(op.f("ix_anteckning_rattar_id"), table_name="anteckning")
    op.drop_index("ix_anteckning_deltagare_id_datum", table_name="anteckning")
    op.drop_table("anteckning")
    op.drop_table("uppskjuten")
    op.drop_table("sparad_lista")
    op.drop_index("ix_passerad_varning_tabell_rad_id", table_name="passerad_varning")
    op.drop_table("passerad_varning")
    op.drop_table("dokumentinnehall")
    op.drop_index("uq_anteckningsmall_agare_namn", table_name="anteckningsmall")
    op.drop_table("anteckningsmall")


def _change_scale(most: int) -> None:
    """The highest answer that the table takes."""
    if op.get_bind().dialect.name == "sqlite":
        _remake_bip(most)
        return
    op.drop_constraint(op.f("ck_bip_varde"), "bip", type_="check")
    op.create_check_constraint(op.f("ck_bip_varde"), "bip", f"varde BETWEEN 1 AND {most}")


def _remake_bip(most: int) -> None:
    """SQLite cannot change a check: a new table takes the rows, and goes on from the highest id ever used."""
    connection = op.get_bind()
    highest = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'bip'").scalar()
    op.create_table(
        "bip_ny",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("svarande", sa.String(length=40), nullable=False),
        sa.Column("indikator", sa.String(length=200), nullable=False),
        sa.Column("varde", sa.Integer(), nullable=False),
        sa.CheckConstraint("svarande IN ('deltagare', 'handläggare')", name=op.f("ck_bip_svarande")),
        sa.CheckConstraint(f"varde BETWEEN 1 AND {most}", name=op.f("ck_bip_varde")),
        sa.ForeignKeyConstraint(
            ["inskrivning_id"],
            ["inskrivning.id"],
            name=op.f("fk_bip_inskrivning_id_inskrivning"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bip")),
        sa.UniqueConstraint(
            "inskrivning_id",
            "datum",
            "svarande",
            "indikator",
            name=op.f("uq_bip_inskrivning_id_datum_svarande_indikator"),
        ),
        sqlite_autoincrement=True,
    )
    columns = "id, inskrivning_id, datum, svarande, indikator, varde"
    op.execute(f"INSERT INTO bip_ny ({columns}) SELECT {columns} FROM bip")
    op.drop_table("bip")
    op.rename_table("bip_ny", "bip")
    if highest is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'bip'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('bip', {int(highest)})")
