"""Charts, drawn once and painted by Qt (screen, clipboard, PNG, SVG) and reportlab (PDF) alike.

A chart function takes plain figures and gives a `Picture` (picture.py): title, table, words, and a drawing
for any width. Nothing here knows Qt or reportlab, so a presenter makes pictures off the GUI thread.

    Series(name, values, look, ids, marks)     values: one per place, None where hidden or missing
    areas.stacked_area(title, places, series)  the first series at the top, named at the right edge
    lines.lines(title, places, series, share=, goal=Goal("Mål 85–95 %", 85, 95))
    columns.stacked_columns(title, places, series)   sums above;  columns.grouped_columns(…)  K beside M
    looks: "kvinnor", "man", "totalt", "data", "intern", "extern", "belagd", "reserverad", "ledig",
    "overbelagd", and step_looks(6) → "steg1" … "steg6" (one hue, light to dark)

On a screen:

    view = ChartView(theme)                    desktop/widgets/chart_view.py: title, table, menu, keys
    bind_chart(context, view)                  desktop/screens/bilder.py: copies and saves
    view.set_picture(picture, leaving)         `leaving`: the same picture with all hidden that may not leave
    view.chosen.connect(open_people)           the id given in Series.ids; "" where nothing is to open
"""
