/* What is typed for a date stays: Wagtail's calendar puts today in the place of what is no date. */
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
