import { addTour } from "./add_tour";

// Opens each dashboard. Its numbers are drawn, not written, so that they are read from
// its cells; what they ought to be is explained in tests/books/test_dashboard_screens.py.
const EXPECTED = {
    Overview: {
        "Current collection rate": 0.75,
        "Recovery rate": 0.4,
        "Occupancy rate": 0.5,
        "Arrears per household": 300,
    },
    "Low Occupancy": { "Vacancy rate": 0.25, "Moments completed": 3 },
    Collectors: { "Open cases": 4, Contacts: 7, "Promises kept": 0.5 },
};
const PATIENCE = 120; // half seconds

function model() {
    const services = odoo.__WOWL_DEBUG__.root.env.services;
    return services.spreadsheet_dashboard_loader.getActiveDashboard().model;
}

function cells(sheetId) {
    const { getters } = model();
    return getters
        .getEvaluatedCellsPositions(sheetId)
        .map((position) => ({ position, ...getters.getEvaluatedCell(position) }));
}

function faults(expected) {
    const found = {};
    const wrong = [];
    for (const sheetId of ["dashboard", "data"]) {
        for (const cell of cells(sheetId)) {
            if (cell.type === "error") {
                wrong.push(`${sheetId} ${cell.position.row}: ${cell.message}`);
            }
            if (sheetId === "data" && cell.position.col === 0) {
                const beside = { ...cell.position, col: 1 };
                found[cell.value] ??= model().getters.getEvaluatedCell(beside).value;
            }
        }
    }
    for (const [label, value] of Object.entries(expected)) {
        if (Math.abs(found[label] - value) > 1e-6 || found[label] === undefined) {
            wrong.push(`${label}: ${found[label]}, not ${value}`);
        }
    }
    return wrong;
}

function open(name, expected) {
    return [
        { trigger: `.o_search_panel li[data-name="${name}"]`, run: "click" },
        { trigger: `.o_search_panel li.active[data-name="${name}"]` },
        {
            content: `The numbers of ${name}`,
            trigger: ".o_renderer .o-figure canvas",
            async run() {
                let wrong = [];
                for (let tries = 0; tries < PATIENCE; tries++) {
                    wrong = faults(expected);
                    if (!wrong.length) {
                        return;
                    }
                    await new Promise((resolve) => setTimeout(resolve, 500));
                }
                throw new Error(wrong.join("\n"));
            },
        },
    ];
}

addTour("property_dashboards", () =>
    Object.entries(EXPECTED).flatMap(([name, expected]) => open(name, expected))
);
