"""The register: everything the workbook holds, catalogues, and change history with imports."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enhet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("namn", sa.String(length=200), nullable=False),
        sa.Column("typ", sa.String(length=40), nullable=False),
        sa.CheckConstraint("typ IN ('intern', 'extern')", name=op.f("ck_enhet_typ")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enhet")),
        sa.UniqueConstraint("namn", name=op.f("uq_enhet_namn")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "handelse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.String(length=27), nullable=False),
        sa.Column("aktor", sa.String(length=64), nullable=False),
        sa.Column("slag", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("angrar_id", sa.Integer(), nullable=True),
        sa.Column("kedja", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["angrar_id"], ["handelse.id"], name=op.f("fk_handelse_angrar_id_handelse"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handelse")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_handelse_angrar_id"), "handelse", ["angrar_id"], unique=False)
    op.create_index("ix_handelse_tid", "handelse", ["tid"], unique=False)
    op.create_table(
        "hushall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "nummer",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("antal_barn", sa.Integer(), nullable=True),
        sa.CheckConstraint("antal_barn >= 0", name=op.f("ck_hushall_antal_barn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hushall")),
        sa.UniqueConstraint("nummer", name=op.f("uq_hushall_nummer")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "indikatorvarde",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indikator", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("kvinnor", sa.Float(), nullable=True),
        sa.Column("man", sa.Float(), nullable=True),
        sa.Column("totalt", sa.Float(), nullable=True),
        sa.Column("kalla", sa.Text(), server_default="", nullable=False),
        sa.Column("kommentar", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indikatorvarde")),
        sa.UniqueConstraint("indikator", "period", name=op.f("uq_indikatorvarde_indikator_period")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "insatstyp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("namn", sa.String(length=200), nullable=False),
        sa.Column("kategori", sa.Text(), server_default="", nullable=False),
        sa.Column("raknas_som_aktivitet", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insatstyp")),
        sa.UniqueConstraint("namn", name=op.f("uq_insatstyp_namn")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "installning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nyckel", sa.String(length=100), nullable=False),
        sa.Column("varde", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installning")),
        sa.UniqueConstraint("nyckel", name=op.f("uq_installning_nyckel")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "medarbetare",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("namn", sa.String(length=200), nullable=False),
        sa.Column("roll", sa.String(length=40), nullable=False),
        sa.Column("aktiv", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medarbetare")),
        sa.UniqueConstraint("signatur", name=op.f("uq_medarbetare_signatur")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "resultat",
        sa.Column("namn", sa.String(length=60), nullable=False),
        sa.Column("kolada", sa.String(length=1), nullable=False),
        sa.Column("egen_forsorjning", sa.Boolean(), nullable=False),
        sa.Column("ordning", sa.Integer(), nullable=False),
        sa.CheckConstraint("kolada IN ('A', 'B', 'C', 'D', 'E')", name=op.f("ck_resultat_kolada")),
        sa.PrimaryKeyConstraint("namn", name=op.f("pk_resultat")),
    )
    op.create_table(
        "steg",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("namn", sa.String(length=200), nullable=False),
        sa.Column("ordning", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steg")),
        sa.UniqueConstraint("namn", name=op.f("uq_steg_namn")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "andring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handelse_id", sa.Integer(), nullable=False),
        sa.Column("tabell", sa.String(length=40), nullable=False),
        sa.Column("rad_id", sa.Integer(), nullable=False),
        sa.Column("falt", sa.String(length=40), nullable=False),
        sa.Column("gammalt", sa.Text(), nullable=True),
        sa.Column("nytt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["handelse_id"],
            ["handelse.id"],
            name=op.f("fk_andring_handelse_id_handelse"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_andring")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_andring_handelse_id"), "andring", ["handelse_id"], unique=False)
    op.create_index("ix_andring_tabell_rad_id", "andring", ["tabell", "rad_id"], unique=False)
    op.create_table(
        "deltagare",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "nummer",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "personnummer",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("nummertyp", sa.String(length=20), nullable=True),
        sa.Column("fodelsedatum", sa.Date(), nullable=True),
        sa.Column("fornamn", sa.String(length=200), nullable=False),
        sa.Column("efternamn", sa.String(length=200), nullable=False),
        sa.Column(
            "sortering",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("kon", sa.String(length=1), nullable=True),
        sa.Column("hushall_id", sa.Integer(), nullable=True),
        sa.Column("omrade", sa.Text(), server_default="", nullable=False),
        sa.Column("skyddad", sa.String(length=40), nullable=False),
        sa.Column("utrikesfodd", sa.Boolean(), nullable=True),
        sa.Column("utbildningsniva", sa.String(length=20), nullable=True),
        sa.Column("sprak", sa.Text(), server_default="", nullable=False),
        sa.Column("tolk", sa.Text(), server_default="", nullable=False),
        sa.Column("telefon", sa.Text(), server_default="", nullable=False),
        sa.Column("epost", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("kon IN ('K', 'M')", name=op.f("ck_deltagare_kon")),
        sa.CheckConstraint(
            "nummertyp IN ('personnummer', 'samordningsnummer', 'reservnummer')",
            name=op.f("ck_deltagare_nummertyp"),
        ),
        sa.CheckConstraint(
            "skyddad IN ('nej', 'sekretessmarkering', 'skyddad folkbokföring', 'fingerade uppgifter')",
            name=op.f("ck_deltagare_skyddad"),
        ),
        sa.CheckConstraint(
            "utbildningsniva IN ('förgymnasial', 'gymnasial', 'eftergymnasial')",
            name=op.f("ck_deltagare_utbildningsniva"),
        ),
        sa.CheckConstraint("(personnummer IS NULL) = (nummertyp IS NULL)", name=op.f("ck_deltagare_nummer")),
        sa.ForeignKeyConstraint(
            ["hushall_id"], ["hushall.id"], name=op.f("fk_deltagare_hushall_id_hushall"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deltagare")),
        sa.UniqueConstraint("nummer", name=op.f("uq_deltagare_nummer")),
        sa.UniqueConstraint("personnummer", name=op.f("uq_deltagare_personnummer")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deltagare_hushall_id"), "deltagare", ["hushall_id"], unique=False)
    op.create_index("ix_deltagare_sortering_id", "deltagare", ["sortering", "id"], unique=False)
    op.create_table(
        "importomgang",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handelse_id", sa.Integer(), nullable=False),
        sa.Column("filnamn", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("nya", sa.Integer(), nullable=False),
        sa.Column("andrade", sa.Integer(), nullable=False),
        sa.Column("oforandrade", sa.Integer(), nullable=False),
        sa.Column("hoppade", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handelse_id"],
            ["handelse.id"],
            name=op.f("fk_importomgang_handelse_id_handelse"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_importomgang")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_importomgang_handelse_id"), "importomgang", ["handelse_id"], unique=False)
    op.create_table(
        "kapacitet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enhet_id", sa.Integer(), nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.Column("till", sa.Date(), nullable=True),
        sa.Column("platser", sa.Integer(), nullable=False),
        sa.CheckConstraint("platser >= 0", name=op.f("ck_kapacitet_platser")),
        sa.CheckConstraint("till IS NULL OR till >= fran", name=op.f("ck_kapacitet_ordning")),
        sa.ForeignKeyConstraint(
            ["enhet_id"], ["enhet.id"], name=op.f("fk_kapacitet_enhet_id_enhet"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kapacitet")),
        sa.UniqueConstraint("enhet_id", "fran", name=op.f("uq_kapacitet_enhet_id_fran")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "kostnad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enhet_id", sa.Integer(), nullable=False),
        sa.Column("ar", sa.Integer(), nullable=False),
        sa.Column("belopp_ore", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ar BETWEEN 1900 AND 2200", name=op.f("ck_kostnad_ar")),
        sa.ForeignKeyConstraint(
            ["enhet_id"], ["enhet.id"], name=op.f("fk_kostnad_enhet_id_enhet"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostnad")),
        sa.UniqueConstraint("enhet_id", "ar", name=op.f("uq_kostnad_enhet_id_ar")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "arende",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "nummer",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.Column("ansokan", sa.Date(), nullable=False),
        sa.Column("beslut", sa.Date(), nullable=True),
        sa.Column("utfall", sa.String(length=10), nullable=True),
        sa.Column("avslutat", sa.Date(), nullable=True),
        sa.Column("avslutsorsak", sa.String(length=40), nullable=True),
        sa.Column("forsorjningshinder", sa.Text(), server_default="", nullable=False),
        sa.Column("handlaggare", sa.String(length=64), server_default="", nullable=False),
        sa.CheckConstraint(
            "avslutsorsak IN ('annan försörjning', 'flyttat', 'avlidit', 'övrigt')",
            name=op.f("ck_arende_avslutsorsak"),
        ),
        sa.CheckConstraint("utfall IN ('bifall', 'avslag')", name=op.f("ck_arende_utfall")),
        sa.CheckConstraint(
            "avslutat IS NULL OR (avslutat >= ansokan AND (beslut IS NULL OR avslutat >= beslut))",
            name=op.f("ck_arende_avslutat_ordning"),
        ),
        sa.CheckConstraint("beslut IS NULL OR beslut >= ansokan", name=op.f("ck_arende_beslut_ordning")),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_arende_deltagare_id_deltagare"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arende")),
        sa.UniqueConstraint("nummer", name=op.f("uq_arende_nummer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_arende_beslut", "arende", ["beslut"], unique=False)
    op.create_index(op.f("ix_arende_deltagare_id"), "arende", ["deltagare_id"], unique=False)
    op.create_index(op.f("ix_arende_handlaggare"), "arende", ["handlaggare"], unique=False)
    op.create_table(
        "inskrivning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "nummer",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.Column("anvisad", sa.Date(), nullable=True),
        sa.Column("inskriven", sa.Date(), nullable=False),
        sa.Column("hanvisad_av", sa.String(length=40), nullable=True),
        sa.Column("spar", sa.String(length=100), server_default="", nullable=False),
        sa.Column("koordinator", sa.String(length=64), server_default="", nullable=False),
        sa.Column("avslutad", sa.Date(), nullable=True),
        sa.Column("resultat", sa.String(length=60), nullable=True),
        sa.Column("arbete_fran", sa.Date(), nullable=True),
        sa.Column("arbete_till", sa.Date(), nullable=True),
        sa.Column("minst_en_manad", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "hanvisad_av IN ('Arbetsförmedlingen', 'Försäkringskassan', 'socialtjänst', 'själv', 'annan')",
            name=op.f("ck_inskrivning_hanvisad_av"),
        ),
        sa.CheckConstraint("(avslutad IS NULL) = (resultat IS NULL)", name=op.f("ck_inskrivning_resultat")),
        sa.CheckConstraint(
            "arbete_till IS NULL OR (arbete_fran IS NOT NULL AND arbete_till >= arbete_fran)",
            name=op.f("ck_inskrivning_arbete"),
        ),
        sa.CheckConstraint("avslutad IS NULL OR avslutad >= inskriven", name=op.f("ck_inskrivning_ordning")),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_inskrivning_deltagare_id_deltagare"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["resultat"], ["resultat.namn"], name=op.f("fk_inskrivning_resultat_resultat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inskrivning")),
        sa.UniqueConstraint("nummer", name=op.f("uq_inskrivning_nummer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inskrivning_avslutad", "inskrivning", ["avslutad"], unique=False)
    op.create_index(op.f("ix_inskrivning_deltagare_id"), "inskrivning", ["deltagare_id"], unique=False)
    op.create_index(op.f("ix_inskrivning_koordinator"), "inskrivning", ["koordinator"], unique=False)
    op.create_table(
        "mote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("tid", sa.String(length=5), server_default="", nullable=False),
        sa.Column("langd", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("verksamhet", sa.String(length=40), nullable=False),
        sa.Column("uteblev", sa.Boolean(), nullable=False),
        sa.CheckConstraint("form IN ('fysiskt', 'telefon', 'digitalt')", name=op.f("ck_mote_form")),
        sa.CheckConstraint("tid = '' OR tid LIKE '__:__'", name=op.f("ck_mote_tid")),
        sa.CheckConstraint(
            "verksamhet IN ('ekonomiskt bistånd', 'arbetsmarknad')", name=op.f("ck_mote_verksamhet")
        ),
        sa.CheckConstraint("langd BETWEEN 1 AND 1440", name=op.f("ck_mote_langd")),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_mote_deltagare_id_deltagare"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mote")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mote_datum", "mote", ["datum"], unique=False)
    op.create_index(op.f("ix_mote_deltagare_id"), "mote", ["deltagare_id"], unique=False)
    op.create_table(
        "sokord",
        sa.Column(
            "ord",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "sortering",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_sokord_deltagare_id_deltagare"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ord", "sortering", "deltagare_id", name=op.f("pk_sokord")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sokord_deltagare_id"), "sokord", ["deltagare_id"], unique=False)
    op.create_table(
        "tidigare_nummer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deltagare_id", sa.Integer(), nullable=False),
        sa.Column(
            "personnummer",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("nummertyp", sa.String(length=40), nullable=False),
        sa.Column("till", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "nummertyp IN ('personnummer', 'samordningsnummer', 'reservnummer')",
            name=op.f("ck_tidigare_nummer_nummertyp"),
        ),
        sa.ForeignKeyConstraint(
            ["deltagare_id"],
            ["deltagare.id"],
            name=op.f("fk_tidigare_nummer_deltagare_id_deltagare"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tidigare_nummer")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_tidigare_nummer_deltagare_id"), "tidigare_nummer", ["deltagare_id"], unique=False
    )
    op.create_index(
        op.f("ix_tidigare_nummer_personnummer"), "tidigare_nummer", ["personnummer"], unique=False
    )
    op.create_table(
        "bip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("svarande", sa.String(length=40), nullable=False),
        sa.Column("indikator", sa.String(length=200), nullable=False),
        sa.Column("varde", sa.Integer(), nullable=False),
        sa.CheckConstraint("svarande IN ('deltagare', 'handläggare')", name=op.f("ck_bip_svarande")),
        sa.CheckConstraint("varde BETWEEN 1 AND 5", name=op.f("ck_bip_varde")),
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
    op.create_table(
        "bistandsmanad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arende_id", sa.Integer(), nullable=False),
        sa.Column("manad", sa.Integer(), nullable=False),
        sa.Column("belopp_ore", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("manad BETWEEN 22800 AND 26400", name=op.f("ck_bistandsmanad_manad")),
        sa.ForeignKeyConstraint(
            ["arende_id"], ["arende.id"], name=op.f("fk_bistandsmanad_arende_id_arende"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bistandsmanad")),
        sa.UniqueConstraint("arende_id", "manad", name=op.f("uq_bistandsmanad_arende_id_manad")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bistandsmanad_manad", "bistandsmanad", ["manad"], unique=False)
    op.create_table(
        "delegationsbeslut",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arende_id", sa.Integer(), nullable=True),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("arendetyp", sa.String(length=200), nullable=False),
        sa.Column("lagrum", sa.Text(), server_default="", nullable=False),
        sa.Column("delegationspunkt", sa.String(length=200), nullable=False),
        sa.Column("beslut", sa.Text(), server_default="", nullable=False),
        sa.Column("delegat", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["arende_id"],
            ["arende.id"],
            name=op.f("fk_delegationsbeslut_arende_id_arende"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegationsbeslut")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_delegationsbeslut_arende_id"), "delegationsbeslut", ["arende_id"], unique=False)
    op.create_index("ix_delegationsbeslut_datum", "delegationsbeslut", ["datum"], unique=False)
    op.create_table(
        "insats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "nummer",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("insatstyp_id", sa.Integer(), nullable=False),
        sa.Column("enhet_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("planerat_slut", sa.Date(), nullable=True),
        sa.Column("slut", sa.Date(), nullable=True),
        sa.Column("omfattning", sa.Integer(), nullable=False),
        sa.Column("avbrottsorsak", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("omfattning BETWEEN 1 AND 100", name=op.f("ck_insats_omfattning")),
        sa.CheckConstraint(
            "planerat_slut IS NULL OR planerat_slut >= start", name=op.f("ck_insats_planerad_ordning")
        ),
        sa.CheckConstraint("slut IS NULL OR slut >= start", name=op.f("ck_insats_ordning")),
        sa.ForeignKeyConstraint(
            ["enhet_id"], ["enhet.id"], name=op.f("fk_insats_enhet_id_enhet"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["insatstyp_id"],
            ["insatstyp.id"],
            name=op.f("fk_insats_insatstyp_id_insatstyp"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["inskrivning_id"],
            ["inskrivning.id"],
            name=op.f("fk_insats_inskrivning_id_inskrivning"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insats")),
        sa.UniqueConstraint("nummer", name=op.f("uq_insats_nummer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_insats_enhet_id_slut", "insats", ["enhet_id", "slut"], unique=False)
    op.create_index(op.f("ix_insats_insatstyp_id"), "insats", ["insatstyp_id"], unique=False)
    op.create_index(op.f("ix_insats_inskrivning_id"), "insats", ["inskrivning_id"], unique=False)
    op.create_table(
        "planering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("upprattad", sa.Date(), nullable=False),
        sa.Column("mal", sa.Text(), server_default="", nullable=False),
        sa.Column("nasta_uppfoljning", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inskrivning_id"],
            ["inskrivning.id"],
            name=op.f("fk_planering_inskrivning_id_inskrivning"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planering")),
        sa.UniqueConstraint(
            "inskrivning_id", "upprattad", name=op.f("uq_planering_inskrivning_id_upprattad")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stegperiod",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inskrivning_id", sa.Integer(), nullable=False),
        sa.Column("steg_id", sa.Integer(), nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inskrivning_id"],
            ["inskrivning.id"],
            name=op.f("fk_stegperiod_inskrivning_id_inskrivning"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["steg_id"], ["steg.id"], name=op.f("fk_stegperiod_steg_id_steg"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stegperiod")),
        sa.UniqueConstraint(
            "inskrivning_id", "steg_id", "fran", name=op.f("uq_stegperiod_inskrivning_id_steg_id_fran")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stegperiod_steg_id"), "stegperiod", ["steg_id"], unique=False)
    op.create_table(
        "undantag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arende_id", sa.Integer(), nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.Column("till", sa.Date(), nullable=True),
        sa.Column("skal", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("till IS NULL OR till >= fran", name=op.f("ck_undantag_ordning")),
        sa.ForeignKeyConstraint(
            ["arende_id"], ["arende.id"], name=op.f("fk_undantag_arende_id_arende"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undantag")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_undantag_arende_id"), "undantag", ["arende_id"], unique=False)
    op.create_table(
        "narvaro",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insats_id", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("pass", sa.String(length=2), server_default="", nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("minuter", sa.Integer(), nullable=True),
        sa.CheckConstraint("pass IN ('', 'fm', 'em')", name=op.f("ck_narvaro_pass")),
        sa.CheckConstraint(
            "status IN ('närvarande', 'giltig frånvaro', 'ogiltig frånvaro', 'sjuk')",
            name=op.f("ck_narvaro_status"),
        ),
        sa.CheckConstraint("minuter BETWEEN 0 AND 1440", name=op.f("ck_narvaro_minuter")),
        sa.ForeignKeyConstraint(
            ["insats_id"], ["insats.id"], name=op.f("fk_narvaro_insats_id_insats"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narvaro")),
        sa.UniqueConstraint("insats_id", "datum", "pass", name=op.f("uq_narvaro_insats_id_datum_pass")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "osa_beslut",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insats_id", sa.Integer(), nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.Column("till", sa.Date(), nullable=False),
        sa.Column("diarienummer", sa.Text(), server_default="", nullable=False),
        sa.Column("bidrag_ore", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("till >= fran", name=op.f("ck_osa_beslut_ordning")),
        sa.ForeignKeyConstraint(
            ["insats_id"], ["insats.id"], name=op.f("fk_osa_beslut_insats_id_insats"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_osa_beslut")),
        sa.UniqueConstraint("insats_id", "fran", name=op.f("uq_osa_beslut_insats_id_fran")),
        sqlite_autoincrement=True,
    )
    seed_catalogues()


def downgrade() -> None:
    op.drop_table("osa_beslut")
    op.drop_table("narvaro")
    op.drop_index(op.f("ix_undantag_arende_id"), table_name="undantag")
    op.drop_table("undantag")
    op.drop_index(op.f("ix_stegperiod_steg_id"), table_name="stegperiod")
    op.drop_table("stegperiod")
    op.drop_table("planering")
    op.drop_index(op.f("ix_insats_inskrivning_id"), table_name="insats")
    op.drop_index(op.f("ix_insats_insatstyp_id"), table_name="insats")
    op.drop_index("ix_insats_enhet_id_slut", table_name="insats")
    op.drop_table("insats")
    op.drop_index("ix_delegationsbeslut_datum", table_name="delegationsbeslut")
    op.drop_index(op.f("ix_delegationsbeslut_arende_id"), table_name="delegationsbeslut")
    op.drop_table("delegationsbeslut")
    op.drop_index("ix_bistandsmanad_manad", table_name="bistandsmanad")
    op.drop_table("bistandsmanad")
    op.drop_table("bip")
    op.drop_index(op.f("ix_tidigare_nummer_personnummer"), table_name="tidigare_nummer")
    op.drop_index(op.f("ix_tidigare_nummer_deltagare_id"), table_name="tidigare_nummer")
    op.drop_table("tidigare_nummer")
    op.drop_index(op.f("ix_sokord_deltagare_id"), table_name="sokord")
    op.drop_table("sokord")
    op.drop_index(op.f("ix_mote_deltagare_id"), table_name="mote")
    op.drop_index("ix_mote_datum", table_name="mote")
    op.drop_table("mote")
    op.drop_index(op.f("ix_inskrivning_koordinator"), table_name="inskrivning")
    op.drop_index(op.f("ix_inskrivning_deltagare_id"), table_name="inskrivning")
    op.drop_index("ix_inskrivning_avslutad", table_name="inskrivning")
    op.drop_table("inskrivning")
    op.drop_index(op.f("ix_arende_handlaggare"), table_name="arende")
    op.drop_index(op.f("ix_arende_deltagare_id"), table_name="arende")
    op.drop_index("ix_arende_beslut", table_name="arende")
    op.drop_table("arende")
    op.drop_table("kostnad")
    op.drop_table("kapacitet")
    op.drop_index(op.f("ix_importomgang_handelse_id"), table_name="importomgang")
    op.drop_table("importomgang")
    op.drop_index("ix_deltagare_sortering_id", table_name="deltagare")
    op.drop_index(op.f("ix_deltagare_hushall_id"), table_name="deltagare")
    op.drop_table("deltagare")
    op.drop_index("ix_andring_tabell_rad_id", table_name="andring")
    op.drop_index(op.f("ix_andring_handelse_id"), table_name="andring")
    op.drop_table("andring")
    op.drop_table("steg")
    op.drop_table("resultat")
    op.drop_table("medarbetare")
    op.drop_table("installning")
    op.drop_table("insatstyp")
    op.drop_table("indikatorvarde")
    op.drop_table("hushall")
    op.drop_index("ix_handelse_tid", table_name="handelse")
    op.drop_index(op.f("ix_handelse_angrar_id"), table_name="handelse")
    op.drop_table("handelse")
    op.drop_table("enhet")


AKTIVITETER = {
    "arbetsträning": "arbetsplatsförlagd",
    "praktik": "arbetsplatsförlagd",
    "språkpraktik": "arbetsplatsförlagd",
    "arbetsmarknadsanställning": "anställning",
    "beredskapsanställning": "anställning",
    "jobbsökaraktivitet": "jobbsökande",
    "yrkesspår": "utbildning",
    "sfi": "utbildning",
    "vuxenutbildning": "utbildning",
    "arbetslivsinriktad rehabilitering": "rehabilitering",
    "sysselsättning": "sysselsättning",
    "språkutveckling": "utbildning",
    "praktik inför OSA": "OSA",
    "OSA-anställning": "OSA",
    "lönebidragsanställning": "anställning",
    "nystartsjobb": "anställning",
}
OVRIGA = {
    "vägledning": "vägledning",
    "kartläggning": "kartläggning",
    "hälsofrämjande": "hälsa",
    "feriepraktik": "ungdom",
    "KAA-insats": "ungdom",
    "daglig verksamhet": "sysselsättning",
}
STEG = ("Aktualisering", "Kartläggning", "Planering", "Insats", "Matchning", "Uppföljning")
RESULTAT = (
    ("arbete", "A", True),
    ("arbete med stöd", "A", True),
    ("eget företag", "A", True),
    ("kommunal arbetsmarknadsanställning", "E", False),
    ("studier", "B", True),
    ("studier utan studiemedel", "E", False),
    ("annan myndighet", "C", False),
    ("sjukersättning", "C", True),
    ("slutfört uppdrag", "D", False),
    ("pension", "E", True),
    ("annan försörjning", "E", True),
    ("avbrutit", "E", False),
    ("flyttat", "E", False),
    ("avlidit", "E", False),
)


def seed_catalogues() -> None:
    """The insatstyper, steg and resultat that every register knows from the start."""
    insatstyp = sa.table(
        "insatstyp",
        sa.column("namn", sa.String),
        sa.column("kategori", sa.Text),
        sa.column("raknas_som_aktivitet", sa.Boolean),
    )
    op.bulk_insert(
        insatstyp,
        [
            {"namn": namn, "kategori": kategori, "raknas_som_aktivitet": namn in AKTIVITETER}
            for namn, kategori in (AKTIVITETER | OVRIGA).items()
        ],
    )
    steg = sa.table("steg", sa.column("namn", sa.String), sa.column("ordning", sa.Integer))
    op.bulk_insert(steg, [{"namn": namn, "ordning": nr} for nr, namn in enumerate(STEG, 1)])
    resultat = sa.table(
        "resultat",
        sa.column("namn", sa.String),
        sa.column("kolada", sa.String),
        sa.column("egen_forsorjning", sa.Boolean),
        sa.column("ordning", sa.Integer),
    )
    op.bulk_insert(
        resultat,
        [
            {"namn": namn, "kolada": kolada, "egen_forsorjning": egen, "ordning": nr}
            for nr, (namn, kolada, egen) in enumerate(RESULTAT, 1)
        ],
    )
