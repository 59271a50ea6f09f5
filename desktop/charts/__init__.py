"""Charts, drawn once and painted by Qt (screen, clipboard, PNG, SVG) and reportlab (PDF) alike.

A chart function takes plain figures and gives a `Picture` (picture.py): title, table, words, and a drawing
for any width. Nothing here knows Qt or reportlab, so a presenter makes pictures off the GUI thread.

    Series(name, values, look, ids, marks)           values: one per place, None where hidden or missing
    areas.stacked_area(title, places, series)        the first series at the top, named at the right edge
    lines.lines(title, places, series, share=, goal=Goal("Mål 85–95 %", 85, 95))
    columns.stacked_columns(title, places, series)   sums above, the first series at the bottom
    columns.grouped_columns(title, places, series)   kvinnor beside män
    bars.bars(title, [Group(name, (Bar("Kvinnor", 81, "81", "kvinnor", id), …))])
    shares.share_bands(title, names, [[Band("Kvinnor 2026", (28, 19), "kvinnor")], …])
    flows.flow_diagram(title, [[Node(key, name, look, id), …], […]], [Flow(source, target, value, id), …])
    matrix.matrix(title, rows, columns, [[Cell(value, id, mark, detail), …], …])
    spark.spark(values)                              a Drawing for a cell: line, last point, trend mark

Looks (looks.py): "kvinnor", "man", "totalt", "uppgift_saknas", "data", "intern", "extern", "belagd",
"reserverad", "ledig", "overbelagd"; step_looks(6) → "steg1" … "steg6", one hue from light to dark.

On a screen:

    view = ChartView(theme)                    desktop/widgets/chart_view.py: title, table, menu, keys
    bind_chart(context, view)                  desktop/screens/bilder.py: copies, saves, puts in a report
    view.set_picture(picture, leaving)         `leaving`: the same picture with all hidden that may not leave
    view.chosen.connect(open_people)           an id given above; parts without one are read out only
    view.fill_menu = lambda menu: …            what the screen itself offers, first in the menu
    paint_drawing(painter, theme, spark(values), point)    desktop/widgets/chart_paint.py, for a cell

R12: hiding.py gives the hidden figures for `leaving` and for print: hide_series (parts of a whole per place),
hide_kon, hide_cells, hide_flows. A place with a hidden value is not drawn: heights can be measured.
`Picture.source` ("Källa: Egenväg, …") stands under what leaves the programme.

On paper: desktop/reports/drawing.py, `place(picture)` gives a Chart for a Figure of the story.
"""
