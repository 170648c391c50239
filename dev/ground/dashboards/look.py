"""Colours, styles and sizes, as Odoo's own dashboards have them."""

WIDTH = 1095
GAP = 15
HALF = (WIDTH - GAP) // 2
COLUMNS = [240, 122, 122, 122, 122, 122, 122, 123]
TOP = 15  # groups in a chart and its table
CARD = {
    "good": "#00A04A",
    "bad": "#DC6965",
    "text": "#434343",
    "background": "#EFF6FF",
}
CHART = {"title": {"bold": True, "color": "#01666B", "fontSize": 16}}
BLUE, GREEN, ORANGE = 15726335, 15531509, 16775149
STYLES = {
    "1": {"textColor": "#01666B", "bold": True, "fontSize": 16},
    "3": {"textColor": "#01666B", "verticalAlign": "middle"},
    "4": {
        "bold": True,
        "fontSize": 10,
        "textColor": "#434343",
        "verticalAlign": "bottom",
    },
    "5": {"textColor": "#434343", "verticalAlign": "middle"},
    "6": {
        "bold": True,
        "fontSize": 10,
        "textColor": "#434343",
        "align": "right",
        "verticalAlign": "bottom",
        "wrapping": "wrap",
    },
}
BORDERS = {
    "1": {"bottom": {"style": "thin", "color": "#CCCCCC"}},
    "2": {"top": {"style": "thin", "color": "#CCCCCC"}},
}
TABLE = {
    "config": {
        "hasFilters": False,
        "totalRow": False,
        "firstColumn": False,
        "lastColumn": False,
        "numberOfHeaders": 1,
        "bandedRows": True,
        "bandedColumns": False,
        "automaticAutofill": True,
        "styleId": "None",
    }
}
LOCALE = {
    "name": "English (US)",
    "code": "en_US",
    "thousandsSeparator": ",",
    "decimalSeparator": ".",
    "dateFormat": "mm/dd/yyyy",
    "timeFormat": "hh:mm:ss",
    "formulaArgSeparator": ",",
    "weekStart": 7,
}
