import { addTour } from "./add_tour";
import { fits, openOnPhone } from "./steps";

// Taking money at the door with a phone, see tests/books/test_tour_counter.py.
const LIN = ".modal .o_field_widget[name=match_ids] .o_data_row:contains(101)";

addTour("property_counter", () => [
    ...openOnPhone("menu_property_counter"),
    {
        content: "Two are called Lin",
        trigger: ".modal .o_field_widget[name=query] input",
        run: "edit Lin && press Tab",
    },
    {
        trigger: ".modal .o_field_widget[name=match_ids] .o_data_row:count(2)",
    },
    { trigger: `${LIN} .o_boolean_toggle input`, run: "click" },
    { trigger: ".modal .o_field_widget[name=amount_due]:contains(300.00)" },
    {
        content: "The sums of the bills are within the screen",
        trigger: ".modal .o_field_widget[name=line_ids] .o_data_row:first td[name=amount]",
        run() {
            fits(this.anchor);
        },
    },
    {
        content: "She pays a part",
        trigger: ".modal .o_field_widget[name=amount] input",
        run: "edit 150 && press Tab",
    },
    {
        content: "The oldest bill first",
        trigger: ".modal .o_data_row:eq(1) td[name=amount]:contains(50.00)",
    },
    { trigger: ".modal button[name=action_take]:enabled", run: "click" },
    {
        content: "A numbered receipt comes out",
        trigger: ".o_form_view .o_field_widget[name=name]:contains(-R20)",
    },
]);
