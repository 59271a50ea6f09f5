"""What the nämnd reads: plans with goals and indicators, frozen reports, prints, numbered decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# In the order that they may go: parts before their whole.
TABLES = (
    "planvarde",
    "plankommentar",
    "malbedomning",
    "aktivitetsstatus",
    "planindikator",
    "planaktivitet",
    "planmal",
    "fryst_rapport",
    "rapportutskrift",
    "namndbehandling",
    "plan",
    "koladavarde",
)


def upgrade() -> None:
    op.create_table(
        "koladavarde",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kpi", sa.String(length=20), nullable=False),
        sa.Column("kommun", sa.String(length=10), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("kvinnor", sa.Float(), nullable=True),
        sa.Column("man", sa.Float(), nullable=True),
        sa.Column("totalt", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_koladavarde")),
        sa.UniqueConstraint("kpi", "kommun", "period", name=op.f("uq_koladavarde_kpi_kommun_period")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kod", sa.String(length=64), nullable=False),
        sa.Column("kommun", sa.String(length=200), nullable=False),
        sa.Column("namnd", sa.String(length=200), nullable=False),
        sa.Column("ar", sa.Integer(), nullable=False),
        sa.Column("titel", sa.Text(), server_default="", nullable=False),
        sa.Column("kalla", sa.Text(), server_default="", nullable=False),
        sa.Column("bedomning", sa.String(length=40), nullable=False),
        sa.Column("uppfoljning", sa.Text(), server_default="", nullable=False),
        sa.Column("regler", sa.Text(), server_default="", nullable=False),
        sa.Column("arshjul", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "bedomning IN ('gron-gul-rod', 'bra-ok-brister', 'ingen')", name=op.f("ck_plan_bedomning")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("kod", name=op.f("uq_plan_kod")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "namndbehandling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rapport", sa.String(length=40), nullable=False),
        sa.Column("variant", sa.String(length=120), server_default="", nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.Column("till", sa.Date(), nullable=False),
        sa.Column("sammantrade", sa.Date(), nullable=True),
        sa.Column("dnr", sa.String(length=60), server_default="", nullable=False),
        sa.CheckConstraint("till >= fran", name=op.f("ck_namndbehandling_ordning")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_namndbehandling")),
        sa.UniqueConstraint(
            "rapport", "variant", "fran", "till", name=op.f("uq_namndbehandling_rapport_variant_fran_till")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rapportutskrift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rapport", sa.String(length=40), nullable=False),
        sa.Column("variant", sa.String(length=120), server_default="", nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.Column("till", sa.Date(), nullable=False),
        sa.Column("per", sa.Date(), nullable=False),
        sa.Column("tid", sa.String(length=27), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("innehall", sa.Text(), nullable=False),
        sa.CheckConstraint("till >= fran", name=op.f("ck_rapportutskrift_ordning")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rapportutskrift")),
        sa.UniqueConstraint(
            "rapport",
            "variant",
            "fran",
            "till",
            "per",
            "sha256",
            name=op.f("uq_rapportutskrift_rapport_variant_fran_till_per_sha256"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "fryst_rapport",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rapport", sa.String(length=40), nullable=False),
        sa.Column("variant", sa.String(length=120), server_default="", nullable=False),
        sa.Column("titel", sa.Text(), server_default="", nullable=False),
        sa.Column("fran", sa.Date(), nullable=False),
        sa.Column("till", sa.Date(), nullable=False),
        sa.Column("per", sa.Date(), nullable=False),
        sa.Column("parametrar", sa.Text(), server_default="", nullable=False),
        sa.Column("programversion", sa.String(length=40), nullable=False),
        sa.Column("tid", sa.String(length=27), nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("godkand_av", sa.String(length=64), server_default="", nullable=False),
        sa.Column("godkand_roll", sa.String(length=200), server_default="", nullable=False),
        sa.Column("godkand", sa.String(length=27), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("(godkand_av = '') = (godkand IS NULL)", name=op.f("ck_fryst_rapport_godkand")),
        sa.CheckConstraint("till >= fran", name=op.f("ck_fryst_rapport_ordning")),
        sa.ForeignKeyConstraint(
            ["pdf_sha256"],
            ["dokumentinnehall.sha256"],
            name=op.f("fk_fryst_rapport_pdf_sha256_dokumentinnehall"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["dokumentinnehall.sha256"],
            name=op.f("fk_fryst_rapport_sha256_dokumentinnehall"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fryst_rapport")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fryst_rapport_pdf_sha256"), "fryst_rapport", ["pdf_sha256"])
    op.create_index("ix_fryst_rapport_rapport_till", "fryst_rapport", ["rapport", "till"])
    op.create_index(op.f("ix_fryst_rapport_sha256"), "fryst_rapport", ["sha256"])
    op.create_table(
        "planmal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("overordnat_id", sa.Integer(), nullable=True),
        sa.Column("ordning", sa.Integer(), nullable=False),
        sa.Column("kod", sa.String(length=120), nullable=False),
        sa.Column("niva", sa.String(length=40), nullable=False),
        sa.Column("nummer", sa.String(length=40), server_default="", nullable=False),
        sa.Column("titel", sa.Text(), server_default="", nullable=False),
        sa.Column("beskrivning", sa.Text(), server_default="", nullable=False),
        sa.Column("bedomning", sa.String(length=40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["overordnat_id"],
            ["planmal.id"],
            name=op.f("fk_planmal_overordnat_id_planmal"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_planmal_plan_id_plan"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planmal")),
        sa.UniqueConstraint("plan_id", "kod", name=op.f("uq_planmal_plan_id_kod")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_planmal_overordnat_id"), "planmal", ["overordnat_id"])
    op.create_table(
        "planaktivitet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("mal_id", sa.Integer(), nullable=True),
        sa.Column("ordning", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.String(length=40), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("beskrivning", sa.Text(), server_default="", nullable=False),
        sa.Column("forvantad_effekt", sa.Text(), server_default="", nullable=False),
        sa.Column("styrdokument", sa.Text(), server_default="", nullable=False),
        sa.Column("avrapporteras", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["mal_id"], ["planmal.id"], name=op.f("fk_planaktivitet_mal_id_planmal"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_planaktivitet_plan_id_plan"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planaktivitet")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_planaktivitet_mal_id"), "planaktivitet", ["mal_id"])
    op.create_index(op.f("ix_planaktivitet_plan_id"), "planaktivitet", ["plan_id"])
    op.create_table(
        "planindikator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("mal_id", sa.Integer(), nullable=True),
        sa.Column("ordning", sa.Integer(), nullable=False),
        sa.Column("slag", sa.String(length=40), nullable=False),
        sa.Column("kod", sa.String(length=120), nullable=False),
        sa.Column("nummer", sa.String(length=40), server_default="", nullable=False),
        sa.Column("namn", sa.Text(), server_default="", nullable=False),
        sa.Column("enhet", sa.String(length=40), nullable=False),
        sa.Column("konsuppdelad", sa.Boolean(), nullable=False),
        sa.Column("kalla", sa.Text(), server_default="", nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("beraknas", sa.String(length=120), server_default="", nullable=False),
        sa.Column("koppling", sa.Text(), server_default="", nullable=False),
        sa.Column("kolada", sa.String(length=20), server_default="", nullable=False),
        sa.Column("bedomning", sa.String(length=40), server_default="", nullable=False),
        sa.CheckConstraint("slag IN ('indikator', 'volym')", name=op.f("ck_planindikator_slag")),
        sa.ForeignKeyConstraint(
            ["mal_id"], ["planmal.id"], name=op.f("fk_planindikator_mal_id_planmal"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_planindikator_plan_id_plan"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planindikator")),
        sa.UniqueConstraint("plan_id", "kod", name=op.f("uq_planindikator_plan_id_kod")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_planindikator_kod", "planindikator", ["kod"])
    op.create_index(op.f("ix_planindikator_mal_id"), "planindikator", ["mal_id"])
    op.create_table(
        "aktivitetsstatus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("aktivitet_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("kommentar", sa.Text(), server_default="", nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status IN ('Ej startad', 'Påbörjad', 'Väntar', 'Klar', 'Stoppad')",
            name=op.f("ck_aktivitetsstatus_status"),
        ),
        sa.ForeignKeyConstraint(
            ["aktivitet_id"],
            ["planaktivitet.id"],
            name=op.f("fk_aktivitetsstatus_aktivitet_id_planaktivitet"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aktivitetsstatus")),
        sa.UniqueConstraint("aktivitet_id", "period", name=op.f("uq_aktivitetsstatus_aktivitet_id_period")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "malbedomning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mal_id", sa.Integer(), nullable=True),
        sa.Column("indikator_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("bedomning", sa.String(length=40), nullable=False),
        sa.Column("skal", sa.Text(), server_default="", nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.CheckConstraint("skal <> ''", name=op.f("ck_malbedomning_skal")),
        sa.CheckConstraint("(mal_id IS NULL) <> (indikator_id IS NULL)", name=op.f("ck_malbedomning_en")),
        sa.ForeignKeyConstraint(
            ["indikator_id"],
            ["planindikator.id"],
            name=op.f("fk_malbedomning_indikator_id_planindikator"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["mal_id"], ["planmal.id"], name=op.f("fk_malbedomning_mal_id_planmal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_malbedomning")),
        sa.UniqueConstraint("indikator_id", "period", name=op.f("uq_malbedomning_indikator_id_period")),
        sa.UniqueConstraint("mal_id", "period", name=op.f("uq_malbedomning_mal_id_period")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plankommentar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mal_id", sa.Integer(), nullable=True),
        sa.Column("indikator_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("atgard", sa.Text(), server_default="", nullable=False),
        sa.Column("klart", sa.String(length=40), server_default="", nullable=False),
        sa.Column("signatur", sa.String(length=64), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_plankommentar_text")),
        sa.CheckConstraint("(mal_id IS NULL) <> (indikator_id IS NULL)", name=op.f("ck_plankommentar_en")),
        sa.ForeignKeyConstraint(
            ["indikator_id"],
            ["planindikator.id"],
            name=op.f("fk_plankommentar_indikator_id_planindikator"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["mal_id"], ["planmal.id"], name=op.f("fk_plankommentar_mal_id_planmal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plankommentar")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plankommentar_indikator_id"), "plankommentar", ["indikator_id"])
    op.create_index(op.f("ix_plankommentar_mal_id"), "plankommentar", ["mal_id"])
    op.create_table(
        "planvarde",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indikator_id", sa.Integer(), nullable=False),
        sa.Column("slag", sa.String(length=40), nullable=False),
        sa.Column("ordning", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("kvinnor", sa.String(length=40), nullable=True),
        sa.Column("man", sa.String(length=40), nullable=True),
        sa.Column("totalt", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint("slag IN ('utfall', 'riktvärde')", name=op.f("ck_planvarde_slag")),
        sa.ForeignKeyConstraint(
            ["indikator_id"],
            ["planindikator.id"],
            name=op.f("fk_planvarde_indikator_id_planindikator"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planvarde")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_planvarde_indikator_id"), "planvarde", ["indikator_id"])
    op.add_column("delegationsbeslut", sa.Column("ar", sa.Integer(), nullable=True))
    op.add_column("delegationsbeslut", sa.Column("lopnummer", sa.Integer(), nullable=True))
    # Within each year in the order of the days; those of one day as they were registered.
    op.execute(
        "UPDATE delegationsbeslut SET ar = CAST(EXTRACT(YEAR FROM datum) AS INTEGER)"
        if op.get_bind().dialect.name == "postgresql"
        else "UPDATE delegationsbeslut SET ar = CAST(substr(datum, 1, 4) AS INTEGER)"
    )
    op.execute(
        "UPDATE delegationsbeslut SET lopnummer = numrerad.nummer FROM "
        "(SELECT id AS rad, row_number() OVER (PARTITION BY ar ORDER BY datum, id) AS nummer "
        "FROM delegationsbeslut)"
        " AS numrerad WHERE numrerad.rad = delegationsbeslut.id"
    )
    op.create_index(
        "ix_delegationsbeslut_ar_lopnummer", "delegationsbeslut", ["ar", "lopnummer"], unique=True
    )


def downgrade() -> None:
    op.drop_index("ix_delegationsbeslut_ar_lopnummer", table_name="delegationsbeslut")
    op.drop_column("delegationsbeslut", "lopnummer")
    op.drop_column("delegationsbeslut", "ar")
    for table in TABLES:
        op.drop_table(table)
