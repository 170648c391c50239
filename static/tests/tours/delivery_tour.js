import { addTour, MODULE } from "./add_tour";
import { sign } from "./steps";

// A walk from door to door with a phone, see tests/billing/test_tour_month.py.
const LIN = ".o_kanban_record:contains(Lin)";

function fits(element) {
    const { left, right } = element.getBoundingClientRect();
    if (left < 0 || right > window.innerWidth) {
        throw new Error(`${element.textContent} reaches beyond the screen`);
    }
}

addTour("property_delivery", () => [
    { trigger: ".o_menu_toggle.hasImage", run: "click" },
    { trigger: ".o_sidebar_topbar a.btn-primary", run: "click" },
    {
        trigger: `.o_app_menu_sidebar .o_app[data-menu-xmlid="${MODULE}.menu_property_root"]`,
        run: "click",
    },
    { trigger: ".o_kanban_record:contains(Sunrise Garden)" },
    { trigger: ".o_menu_toggle.hasImage", run: "click" },
    {
        trigger: `.o_app_menu_sidebar [data-menu-xmlid="${MODULE}.menu_property_notice_deliver"]`,
        run: "click",
    },
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
    { trigger: ".modal .o_field_widget[name=recipient] input:value(Lin)" },
    { trigger: ".modal .o_field_widget[name=signature] .o_signature", run: "click" },
    { trigger: ".modal .o_web_sign_draw_button", run: "click" },
    {
        content: "The owner signs with a finger",
        trigger: ".modal canvas.o_web_sign_signature",
        run() {
            sign(this.anchor);
        },
    },
    {
        trigger: ".modal .modal-footer .btn-primary:enabled:contains(Adopt)",
        run: "click",
    },
    { trigger: ".modal .o_field_widget[name=signature] img" },
    { trigger: ".modal button[name=action_save]", run: "click" },
    {
        content: "What is delivered leaves the walk",
        trigger: ".o_kanban_record:not(.o_kanban_ghost):count(1):contains(Hale)",
    },
]);
