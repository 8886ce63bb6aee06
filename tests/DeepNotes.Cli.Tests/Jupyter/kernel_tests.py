"""Jupyter's own test suite for kernels, with samples in C#."""

import unittest

import jupyter_kernel_test
from jupyter_client.manager import start_new_kernel

# The suite waits 15 s, 1 s and 0.1 s, which a machine under load needs for nothing at all.
PATIENCE = 300
jupyter_kernel_test.TIMEOUT = PATIENCE


class DeepNotesKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "deepnotes"
    is_flushing = False
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("careful");'
    completion_samples = [
        {"text": "Math.Sq", "matches": {"Sqrt"}},
        {"text": "Consol", "matches": {"Console", "ConsoleCancelEventArgs", "ConsoleCancelEventHandler",
                                       "ConsoleColor", "ConsoleKey", "ConsoleKeyInfo", "ConsoleModifiers",
                                       "ConsoleSpecialKey"}},
        {"text": "𝑥 + Math.PI.ToStr", "matches": {"ToString"}},
    ]
    complete_code_samples = ["1 + 1", "var a = 3;", 'Console.WriteLine("x");', "int F(int x) { return x; }"]
    incomplete_code_samples = ["int F(int x) {", "foreach (var x in new[] { 1 })", 'Console.WriteLine("x"', "/* open"]
    invalid_code_samples = ["1 +/ 2", "int 3x = 1;", "}"]
    code_generate_error = 'throw new InvalidOperationException("boom");'
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": 'HTML("<b>x</b>")', "mime": "text/html", "result": "<b>x</b>"},
    ]
    code_display_data = [
        {"code": "display(42);", "mime": "text/plain"},
        {"code": 'display(HTML("<i>y</i>"));', "mime": "text/html"},
    ]
    code_history_pattern = "1 ? 1"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.Sqrt"
    code_clear_output = "ClearOutput();"

    @classmethod
    def setUpClass(cls):
        cls.km, cls.kc = start_new_kernel(kernel_name=cls.kernel_name, startup_timeout=PATIENCE)
        receive = cls.kc.iopub_channel.get_msg
        cls.kc.iopub_channel.get_msg = lambda timeout=None: receive(timeout=timeout if cls.is_flushing else PATIENCE)

    def flush_channels(self):
        type(self).is_flushing = True
        super().flush_channels()
        type(self).is_flushing = False

    def get_non_kernel_info_reply(self, timeout=None):
        return super().get_non_kernel_info_reply(timeout=PATIENCE)


if __name__ == "__main__":
    unittest.main()
