"""Makes operators.zip: ONNX Runtime's outputs for the files that OperatorReferenceTest writes into a folder.

pip install onnx onnxruntime; python operators.py FOLDER operators.zip
"""
import glob, os, sys, zipfile
import numpy as np, onnx, onnxruntime as ort
from onnx.reference import ReferenceEvaluator

ort.set_default_logger_severity(4)

def output(model, x):
    """ONNX Runtime's; where it does not have an operator, that of ONNX's reference implementation."""
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return ort.InferenceSession(model.SerializeToString(), options).run(None, {'x': x})[0]
    except Exception as refused:
        try:
            return ReferenceEvaluator(model).run(None, {'x': x})[0]
        except Exception:
            print('no reference:', str(refused).split('\n')[0][:200])

folder, target = sys.argv[1:]
x = np.fromfile(os.path.join(folder, 'input'), '<f4').reshape(1, 4, 6, 6)
with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(glob.glob(os.path.join(folder, '*.onnx'))):
        model = onnx.load(path)
        model.graph.output[0].type.tensor_type.elem_type = onnx.TensorProto.FLOAT
        model.ir_version = 10
        y = output(model, x)
        name = os.path.basename(path)[:-5]
        if y is None:
            print('   ', name)
        else:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), y.astype('<f4').tobytes())
