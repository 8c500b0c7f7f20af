/* What is typed for a date stays: Wagtail's calendar puts today in the place of what is no date. */
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

/* The calendar comes a moment after its field has the focus: who has gone on by then would have it
   over the next field. */
window.jQuery.fn.datetimepicker.defaults.onShow = (_day, input) => input.is(document.activeElement);

/* Browsers cut what is pasted at a field's limit, and say nothing. The server says by how much it is
   too long, and keeps it in the form. */
document.addEventListener("focusin", ({ target }) => target.removeAttribute?.("maxlength"));
