import { addTour } from "./add_tour";
import { fits, openOnPhone } from "./steps";

// A collector's round with a phone, see tests/collection/test_tour_collector.py.
const CARD = ".o_kanban_record:not(.o_kanban_ghost)";
const LIN = `${CARD}:contains(Lin Mei)`;
const CHEN = `${CARD}:contains(Chen Hao)`;

function chooseReason(label) {
    const reason = ".modal .o_field_widget[name=reason] .o_selection_badge";
    return [
        { trigger: `${reason}:contains(${label})`, run: "click" },
        { trigger: `${reason}.active:contains(${label})` },
    ];
}

addTour("property_collector", () => [
    ...openOnPhone("menu_property_worklist"),
    {
        content: "Two to do today, the larger amount first",
        trigger: `${CARD}:count(2):first:contains(Lin Mei)`,
    },
    { trigger: `${LIN}:contains(600.00)` },
    { trigger: `${LIN} a[href^='tel:']` },
    {
        content: "Both taps are within reach of a thumb",
        trigger: `${LIN} button[name=action_log_visit]`,
        run() {
            this.anchor.parentElement.querySelectorAll("button").forEach(fits);
        },
    },
    { trigger: `${LIN} button[name=action_log_call]`, run: "click" },
    {
        content: "She promises: one tap",
        trigger: ".modal button[name=action_outcome]:contains(Promised)",
        run: "click",
    },
    { trigger: ".modal .o_field_widget[name=promise_amount] input:value(600.00)" },
    {
        content: "By when",
        trigger: ".modal .o_field_widget[name=promise_date] input",
        run() {
            const day = luxon.DateTime.now().plus({ days: 5 });
            this.anchor.value = day.toFormat("MM/dd/yyyy");
            this.anchor.dispatchEvent(new Event("input", { bubbles: true }));
            this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
        },
    },
    ...chooseReason("The owner's own"),
    { trigger: ".modal button[name=action_save]", run: "click" },
    {
        content: "Who has promised leaves the list until the promise is over",
        trigger: `${CARD}:count(1):contains(Chen Hao)`,
    },
    { trigger: `${CHEN} button[name=action_log_visit]`, run: "click" },
    {
        trigger: ".modal button[name=action_outcome]:contains(Refused)",
        run: "click",
    },
    { trigger: ".modal button[name=action_save]" },
    ...chooseReason("Poor service"),
    {
        content: "Poor service is a task for somebody",
        trigger: ".modal .o_field_widget[name=task] textarea",
        run: "edit Repair the lift",
    },
    { trigger: ".modal button[name=action_save]", run: "click" },
    { trigger: ".o_view_nocontent:contains(Nothing to do today)" },
]);
