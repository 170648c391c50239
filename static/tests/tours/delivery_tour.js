import { addTour } from "./add_tour";
import { fits, openOnPhone, signFor } from "./steps";

// A walk from door to door with a phone, see tests/billing/test_tour_month.py.
const LIN = ".o_kanban_record:contains(Lin)";

addTour("property_delivery", () => [
    ...openOnPhone("menu_property_notice_deliver"),
    {
        content: "Both notices wait, in room order",
        trigger: ".o_kanban_record:not(.o_kanban_ghost):count(2):first:contains(Lin)",
    },
    { trigger: `${LIN}:contains(675.50)` },
    {
        content: "All three outcomes are within reach of a thumb",
        trigger: `${LIN} button[name=action_deliver_refused]`,
        run() {
            this.anchor.parentElement.querySelectorAll("button").forEach(fits);
        },
    },
    { trigger: `${LIN} button[name=action_deliver_signed]`, run: "click" },
    ...signFor("Lin"),
    {
        content: "What is delivered leaves the walk",
        trigger: ".o_kanban_record:not(.o_kanban_ghost):count(1):contains(Hale)",
    },
]);
