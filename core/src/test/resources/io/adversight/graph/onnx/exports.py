"""Makes exports.zip: small networks with random weights, built operator by operator as exporters write
them, changed by the tools that people use (onnx.version_converter, onnxruntime's optimizer,
quantizers and float16 converter), each with an input and ONNX Runtime's output.

pip install onnx onnxruntime; python exports.py exports.zip
"""
import io, os, sys, tempfile, zipfile
import numpy as np, onnx
import onnxruntime as ort
from onnx import helper as h, numpy_helper as nh, TensorProto as T, version_converter
ort.set_default_logger_severity(4)
rng = np.random.default_rng(17)
SIDE = 16

class Net:
    def __init__(self, opset=17, nhwc=False, batch='batch', domain=()):
        self.opset, self.nodes, self.inits, self.n = opset, [], [], 0
        self.shape = [batch, SIDE, SIDE, 3] if nhwc else [batch, 3, SIDE, SIDE]
        self.c = 3
    def name(self, s):
        self.n += 1
        return f'{s}_{self.n}'
    def w(self, *shape, scale=None, offset=0.0):
        fan = int(np.prod(shape[1:])) if len(shape) > 1 else 1
        a = (rng.standard_normal(shape) * (scale or (2 / max(1, fan)) ** .5) + offset).astype(np.float32)
        a = np.round(a * 128) / 128  # few digits make a small file
        return self.k(a)
    def k(self, a):
        name = self.name('w')
        self.inits.append(nh.from_array(np.asarray(a), name))
        return name
    def ints(self, *v): return self.k(np.array(v, np.int64))
    def num(self, v): return self.k(np.array(v, np.float32))
    def op(self, t, *ins, out=1, **kw):
        outs = [self.name(t.lower()) for _ in range(out)]
        self.nodes.append(h.make_node(t, list(ins), outs, name=f'/{t}_{self.n}', **kw))
        return outs[0] if out == 1 else outs
    def conv(self, x, o, k=3, s=1, p=None, g=1, cin=None, bias=True, **kw):
        cin = cin or self.c
        self.c = o
        p = k // 2 if p is None else p
        ins = [x, self.w(o, cin // g, k, k)] + ([self.w(o, scale=.1)] if bias else [])
        return self.op('Conv', *ins, kernel_shape=[k, k], strides=[s, s], pads=[p] * 4, group=g, dilations=[1, 1], **kw)
    def bn(self, x):
        c = self.c
        return self.op('BatchNormalization', x, self.w(c, scale=.1, offset=1), self.w(c, scale=.1), self.w(c, scale=.1), self.k(np.round(rng.random(c) * 128 + 64).astype(np.float32) / 128), epsilon=1e-5)
    def relu(self, x): return self.op('Relu', x)
    def add(self, a, b): return self.op('Add', a, b)
    def mul(self, a, b): return self.op('Mul', a, b)
    def silu(self, x): return self.mul(x, self.op('Sigmoid', x))
    def gelu(self, x):
        e = self.op('Erf', self.op('Div', x, self.num(2 ** .5)))
        return self.mul(self.mul(x, self.add(e, self.num(1))), self.num(.5))
    def linear(self, x, i, o): return self.add(self.op('MatMul', x, self.w(i, o, scale=i ** -.5)), self.w(o, scale=.1))
    def ln(self, x, d, axis=-1):
        if self.opset >= 17:
            return self.op('LayerNormalization', x, self.w(d, scale=.1, offset=1), self.w(d, scale=.1), axis=-1, epsilon=1e-6)
        m = self.op('ReduceMean', x, axes=[-1])
        c = self.op('Sub', x, m)
        v = self.op('ReduceMean', self.op('Pow', c, self.num(2)), axes=[-1])
        return self.add(self.mul(self.op('Div', c, self.op('Sqrt', self.add(v, self.num(1e-6)))), self.w(d, scale=.1, offset=1)), self.w(d, scale=.1))
    def head(self, x, n=5):
        x = self.op('Flatten', self.op('GlobalAveragePool', x), axis=1)
        return self.op('Gemm', x, self.w(n, self.c), self.w(n, scale=.1), transB=1)
    def se(self, x, gate='Sigmoid'):
        c = self.c
        s = self.op('ReduceMean', x, axes=[2, 3], keepdims=1) if self.opset < 18 else self.op('ReduceMean', x, self.ints(2, 3), keepdims=1)
        s = self.relu(self.conv(s, max(2, c // 4), 1))
        s = self.conv(s, c, 1)
        return self.mul(x, self.op(gate, s))
    def reshape(self, x, *v): return self.op('Reshape', x, self.ints(*v))
    def t(self, x, *p): return self.op('Transpose', x, perm=list(p))
    def dynamic(self, x, *rest):
        """As TorchScript exports x.view(x.shape[0], ...)."""
        b = self.op('Unsqueeze', self.op('Gather', self.op('Shape', x), self.k(np.array(0, np.int64)), axis=0), self.ints(0))
        return self.op('Reshape', x, self.op('Concat', b, self.ints(*rest), axis=0))
    def attention(self, x, d, heads, tokens, bias=None, rope=None, qkv=True):
        q, k, v = [self.t(self.dynamic(self.linear(x, d, d), tokens, heads, d // heads), 0, 2, 1, 3) for _ in range(3)]
        if rope: q, k = rope(q), rope(k)
        s = self.mul(self.op('MatMul', q, self.t(k, 0, 1, 3, 2)), self.num((d // heads) ** -.5))
        if bias: s = self.add(s, bias)
        y = self.op('MatMul', self.op('Softmax', s, axis=-1), v)
        y = self.dynamic(self.t(y, 0, 2, 1, 3), tokens, d)
        return self.linear(y, d, d)
    def model(self, y, inp='input'):
        out = 'output'
        for n in self.nodes:
            for i, o in enumerate(n.output):
                if o == y: n.output[i] = out
            for i, o in enumerate(n.input):
                if o == y: n.input[i] = out
        g = h.make_graph(self.nodes, 'main_graph', [h.make_tensor_value_info('input', T.FLOAT, self.shape)], [h.make_tensor_value_info(out, T.FLOAT, [self.shape[0], 5])], self.inits)
        return h.make_model(g, opset_imports=[h.make_opsetid('', self.opset)], ir_version=8 if self.opset < 21 else 10, producer_name='exports')

def resnet(n):
    x = n.op('MaxPool', n.relu(n.bn(n.conv('input', 8, 7, 2, bias=False))), kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    for o, s in ((8, 1), (12, 2)):
        c = n.c
        y = n.bn(n.conv(n.relu(n.bn(n.conv(x, o, 3, s, bias=False))), o, bias=False))
        r = x if c == o else n.bn(n.conv(x, o, 1, s, cin=c, bias=False))
        x = n.relu(n.add(y, r))
    return n.head(x)
def regnet(n):
    x = n.relu(n.conv('input', 8, 3, 2))
    y = n.relu(n.conv(x, 16, 1)); y = n.relu(n.conv(y, 16, 3, 2, g=4)); y = n.conv(n.se(y), 16, 1)
    r = n.conv(x, 16, 1, 2, cin=8)
    return n.head(n.relu(n.add(y, r)))
def densenet(n):
    x = n.conv('input', 6, 3, 1)
    for _ in range(3):
        c = n.c; y = n.conv(n.relu(n.bn(x)), 4, 3, bias=False)
        x = n.op('Concat', x, y, axis=1); n.c = c + 4
    x = n.conv(n.relu(n.bn(x)), 8, 1); x = n.op('AveragePool', x, kernel_shape=[2, 2], strides=[2, 2])
    return n.head(n.relu(n.bn(x)))
def inception(n):
    x = n.relu(n.bn(n.conv('input', 8, 3, 2))); c = n.c
    a = n.relu(n.conv(x, 4, 1)); n.c = c
    b = n.relu(n.conv(n.relu(n.conv(x, 4, 1)), 4, 5)); n.c = c
    p = n.op('AveragePool', x, kernel_shape=[3, 3], strides=[1, 1], pads=[1] * 4, count_include_pad=1); d = n.relu(n.conv(p, 4, 1)); n.c = c
    m = n.op('MaxPool', x, kernel_shape=[3, 3], strides=[1, 1], pads=[1] * 4)
    x = n.op('Concat', a, b, d, m, axis=1); n.c = 12 + c
    x = n.op('LRN', x, size=5, alpha=1e-4, beta=.75, bias=1.)
    return n.head(n.op('Dropout', x))
def mobilenet(n):
    x = n.op('HardSwish', n.bn(n.conv('input', 8, 3, 2)))
    c = n.c; y = n.op('HardSwish', n.conv(x, 16, 1)); y = n.conv(y, 16, 5, 1, g=16)
    y = n.conv(n.se(y, 'HardSigmoid'), 8, 1)
    return n.head(n.op('HardSwish', n.conv(n.add(x, y), 16, 1)))
def efficientnet(n):
    x = n.silu(n.conv('input', 8, 3, 2, 0, auto_pad='NOTSET')) if False else n.silu(n.conv('input', 8, 3, 2))
    y = n.silu(n.conv(x, 16, 1)); y = n.silu(n.conv(y, 16, 3, 1, g=16)); y = n.conv(n.se(y), 8, 1)
    return n.head(n.silu(n.conv(n.add(x, y), 16, 1)))
def shufflenet(n):
    x = n.relu(n.conv('input', 8, 3, 2))
    a, b = n.op('Split', x, n.ints(4, 4), out=2, axis=1)
    n.c = 4; b = n.relu(n.conv(n.conv(n.relu(n.conv(b, 4, 1)), 4, 3, 1, g=4), 4, 1))
    x = n.op('Concat', a, b, axis=1); n.c = 8
    x = n.dynamic(x, 2, 4, 8, 8); x = n.t(x, 0, 2, 1, 3, 4); x = n.dynamic(x, -1, 8, 8)
    return n.head(n.relu(n.conv(x, 12, 1)))
def convnext(n):
    x = n.conv('input', 8, 4, 4, 0)
    for _ in range(2):
        y = n.t(n.conv(x, 8, 3, g=8), 0, 2, 3, 1)
        y = n.linear(n.gelu(n.linear(n.ln(y, 8), 8, 16)), 16, 8)
        x = n.add(x, n.t(n.mul(y, n.w(8, scale=.5)), 0, 3, 1, 2))
    return n.head(x)
def convnext2(n):
    x = n.conv('input', 8, 4, 4, 0)
    y = n.t(n.conv(x, 8, 3, g=8), 0, 2, 3, 1)
    y = n.gelu(n.linear(n.ln(y, 8), 8, 16))
    g = n.op('ReduceL2', y, axes=[1, 2], keepdims=1)
    d = n.op('Div', g, n.add(n.op('ReduceMean', g, axes=[-1]), n.num(1e-6)))
    y = n.add(n.add(n.mul(n.mul(y, d), n.w(16)), n.w(16, scale=.1)), y)
    return n.head(n.add(x, n.t(n.linear(y, 16, 8), 0, 3, 1, 2)))
def tokens(n, d=8, p=4, extra=1):
    x = n.conv('input', d, p, p, 0); side = SIDE // p
    x = n.t(n.dynamic(x, d, side * side), 0, 2, 1)
    b = n.op('Unsqueeze', n.op('Gather', n.op('Shape', x), n.k(np.array(0, np.int64)), axis=0), n.ints(0))
    if extra:
        cls = n.op('Expand', n.w(1, extra, d), n.op('Concat', b, n.ints(-1 if False else extra, d), axis=0))
        x = n.op('Concat', cls, x, axis=1)
    return n.add(x, n.w(1, side * side + extra, d, scale=.3)), side * side + extra
def mlp(n, x, d, act='gelu'): return n.linear(getattr(n, act)(n.linear(x, d, 2 * d)), 2 * d, d)
def vit(n, extra=1, scale=False, rope=None):
    x, s = tokens(n, extra=extra); d = 8
    for _ in range(2):
        y = n.attention(n.ln(x, d), d, 2, s, rope=rope)
        x = n.add(x, n.mul(y, n.w(d, scale=.5)) if scale else y)
        y = mlp(n, n.ln(x, d), d)
        x = n.add(x, n.mul(y, n.w(d, scale=.5)) if scale else y)
    x = n.op('Gather', n.ln(x, d), n.k(np.array(0, np.int64)), axis=1)
    return n.op('Gemm', x, n.w(5, d), n.w(5), transB=1)
def dinov2(n): return vit(n, extra=5, scale=True)
def eva02(n):
    d, hd, s = 8, 4, 17
    cos, sin = n.w(1, 1, s, hd), n.w(1, 1, s, hd)
    def rope(q):
        a = n.op('Slice', q, n.ints(0), n.ints(1 << 62), n.ints(3), n.ints(2)); b = n.op('Slice', q, n.ints(1), n.ints(1 << 62), n.ints(3), n.ints(2))
        r = n.op('Concat', n.op('Unsqueeze', n.op('Neg', b), n.ints(4)), n.op('Unsqueeze', a, n.ints(4)), axis=4)
        return n.add(n.mul(q, cos), n.mul(n.dynamic(r, 2, s, hd), sin))
    x, _ = tokens(n)
    x = n.add(x, n.attention(n.ln(x, d), d, 2, s, rope=rope))
    y = n.ln(x, d); y = n.mul(n.silu(n.linear(y, d, 12)), n.linear(y, d, 12))
    x = n.add(x, n.linear(n.ln(y, 12), 12, d))
    x = n.op('ReduceMean', n.op('Slice', x, n.ints(1), n.ints(1 << 62), n.ints(1)), axes=[1], keepdims=0)
    return n.op('Gemm', n.ln(x, d), n.w(5, d), n.w(5), transB=1)
def beit(n):
    x, s = tokens(n); d = 8
    index = n.k(rng.integers(0, 50, s * s).astype(np.int64))
    b = n.op('Gather', n.w(50, 2), index, axis=0)
    b = n.op('Unsqueeze', n.t(n.reshape(b, s, s, 2), 2, 0, 1), n.ints(0))
    x = n.add(x, n.attention(n.ln(x, d), d, 2, s, bias=b)); x = n.add(x, mlp(n, n.ln(x, d), d))
    x = n.op('ReduceMean', n.op('Slice', x, n.ints(1), n.ints(1 << 62), n.ints(1)), axes=[1], keepdims=0)
    return n.op('Gemm', x, n.w(5, d), n.w(5), transB=1)
def swin(n, v2=False):
    d, side, win = 8, 4, 2
    x = n.ln(n.t(n.conv('input', d, 4, 4, 0), 0, 2, 3, 1), d)
    for shift in (0, 1):
        y = n.ln(x, d)
        if shift:
            for ax in (1, 2):
                y = n.op('Concat', n.op('Slice', y, n.ints(1), n.ints(1 << 62), n.ints(ax)), n.op('Slice', y, n.ints(0), n.ints(1), n.ints(ax)), axis=ax)
        y = n.dynamic(y, 2, win, 2, win, d); y = n.t(y, 0, 1, 3, 2, 4, 5); y = n.reshape(y, -1, 4, d)
        q, k, v = [n.t(n.dynamic(n.linear(y, d, d), 4, 2, 4), 0, 2, 1, 3) for _ in range(3)]
        if v2:
            q, k = [n.op('Div', a, n.op('Clip', n.op('ReduceL2', a, axes=[-1], keepdims=1), n.num(1e-12), '')) for a in (q, k)]
        a = n.add(n.mul(n.op('MatMul', q, n.t(k, 0, 1, 3, 2)), n.num(.5)), n.w(1, 2, 4, 4))
        if shift:
            a = n.add(n.dynamic(n.reshape(a, -1, 4, 2, 4, 4), 4, 2, 4, 4), n.k(np.where(rng.random((1, 4, 1, 4, 4)) < .3, -100, 0).astype(np.float32)))
            a = n.reshape(a, -1, 2, 4, 4)
        y = n.linear(n.dynamic(n.t(n.op('MatMul', n.op('Softmax', a, axis=-1), v), 0, 2, 1, 3), 4, d), d, d)
        y = n.reshape(y, -1, 2, 2, win, win, d); y = n.t(y, 0, 1, 3, 2, 4, 5); y = n.reshape(y, -1, side, side, d)
        x = n.add(x, y); x = n.add(x, mlp(n, n.ln(x, d), d))
    c = [n.op('Slice', n.op('Slice', x, n.ints(i), n.ints(1 << 62), n.ints(1), n.ints(2)), n.ints(j), n.ints(1 << 62), n.ints(2), n.ints(2)) for j in (0, 1) for i in (0, 1)]
    x = n.op('MatMul', n.ln(n.op('Concat', *c, axis=-1), 4 * d), n.w(4 * d, 16))
    n.c = 16
    return n.head(n.t(x, 0, 3, 1, 2))
def swin2(n): return swin(n, True)
def maxvit(n):
    x = n.silu(n.conv('input', 8, 3, 4)); x = n.t(x, 0, 2, 3, 1)
    y = n.t(n.reshape(x, -1, 2, 2, 2, 2, 8), 0, 2, 4, 1, 3, 5); y = n.reshape(y, -1, 4, 8)
    y = n.attention(n.ln(y, 8), 8, 2, 4)
    y = n.reshape(n.t(n.reshape(y, -1, 2, 2, 2, 2, 8), 0, 3, 1, 4, 2, 5), -1, 4, 4, 8)
    n.c = 8
    return n.head(n.t(n.add(x, y), 0, 3, 1, 2))
def xcit(n):
    x, s = tokens(n, extra=0); d = 8
    q, k, v = [n.t(n.dynamic(n.linear(n.ln(x, d), d, d), s, 2, 4), 0, 2, 3, 1) for _ in range(3)]
    q, k = [n.op('Div', a, n.op('Expand', n.op('Clip', n.op('ReduceL2', a, axes=[-1], keepdims=1), n.num(1e-12), ''), n.op('Shape', a))) for a in (q, k)]
    a = n.op('Softmax', n.mul(n.op('MatMul', q, n.t(k, 0, 1, 3, 2)), n.w(2, 1, 1)), axis=-1)
    y = n.dynamic(n.t(n.op('MatMul', a, v), 0, 3, 1, 2), s, d)
    x = n.add(x, n.linear(y, d, d))
    return n.op('Gemm', n.op('ReduceMax', x, axes=[1], keepdims=0), n.w(5, d), n.w(5), transB=1)
def mvit(n):
    x, s = tokens(n, extra=0); d = 8
    def pooled(a):
        m = n.dynamic(n.t(a, 0, 2, 1), d, 4, 4); n.c = d
        m = n.conv(m, d, 3, 2, g=d)
        return n.t(n.dynamic(m, d, 4), 0, 2, 1)
    q, k, v = [pooled(n.linear(n.ln(x, d), d, d)) for _ in range(3)]
    a = n.op('Softmax', n.mul(n.op('Einsum', q, k, equation='bqc,bkc->bqk'), n.num(.35)), axis=-1)
    y = n.add(n.op('MatMul', a, v), q)
    return n.op('Gemm', n.op('ReduceMean', n.ln(y, d), axes=[1], keepdims=0), n.w(5, d), n.w(5), transB=1)
def poolformer(n):
    x = n.conv('input', 8, 4, 4, 0)
    m = n.dynamic(x, 1, -1); m = n.op('InstanceNormalization', m, n.k(np.ones(1, np.float32)), n.k(np.zeros(1, np.float32)), epsilon=1e-5)
    m = n.add(n.mul(n.op('Reshape', m, n.op('Shape', x)), n.w(8, 1, 1, scale=.1, offset=1)), n.w(8, 1, 1))
    p = n.op('AveragePool', m, kernel_shape=[3, 3], strides=[1, 1], pads=[1] * 4, count_include_pad=0)
    x = n.add(x, n.mul(n.op('Sub', p, m), n.w(8, 1, 1)))
    y = n.conv(n.gelu(n.conv(x, 16, 1)), 8, 1)
    return n.head(n.add(x, y))
def mixer(n):
    x, s = tokens(n, extra=0); d = 8
    x = n.add(x, n.t(mlp(n, n.t(n.ln(x, d), 0, 2, 1), s), 0, 2, 1)); x = n.add(x, mlp(n, n.ln(x, d), d))
    return n.op('Gemm', n.op('ReduceMean', n.ln(x, d), axes=[1], keepdims=0), n.w(5, d), n.w(5), transB=1)
def keras(n):
    x = n.t('input', 0, 3, 1, 2)
    x = n.op('Pad', x, n.ints(0, 0, 0, 0, 0, 0, 1, 1))
    x = n.bn(n.relu(n.conv(x, 8, 3, 2, 0)))
    x = n.op('Conv', x, n.w(8, 1, 3, 3), auto_pad='SAME_UPPER', group=8, kernel_shape=[3, 3], strides=[2, 2])
    x = n.op('Clip', x, n.num(0), n.num(6))
    x = n.op('MaxPool', x, kernel_shape=[2, 2], strides=[2, 2], auto_pad='SAME_UPPER')
    x = n.op('Squeeze', n.op('GlobalAveragePool', x), n.ints(2, 3))
    return n.op('Softmax', n.add(n.op('MatMul', x, n.w(8, 5)), n.w(5)), axis=-1)
FAMILIES = dict(ResNet=resnet, RegNet=regnet, DenseNet=densenet, Inception=inception, MobileNetV3=mobilenet, EfficientNet=efficientnet, ShuffleNet=shufflenet, ConvNeXt=convnext, ConvNeXtV2=convnext2, ViT=vit, DINOv2=dinov2, BEiT=beit, EVA02=eva02, Swin=swin, SwinV2=swin2, MaxViT=maxvit, XCiT=xcit, MViTv2=mvit, PoolFormer=poolformer, Mixer=mixer, Keras=keras)

def build(name, opset=17, batch='batch'):
    global rng
    rng = np.random.default_rng(17)
    n = Net(opset, name == 'Keras', batch)
    m = n.model(FAMILIES[name](n))
    onnx.checker.check_model(m)
    return m
def saved(m, f):
    with tempfile.TemporaryDirectory() as d:
        a, b = d + '/a.onnx', d + '/b.onnx'
        onnx.save(m, a); f(a, b)
        return onnx.load(b)
def shape(m): return [2 if d.dim_param or d.dim_value == 0 else d.dim_value for d in m.graph.input[0].type.tensor_type.shape.dim]
def image(m):
    r = np.random.default_rng(5); s = shape(m)
    return r.random(s, dtype=np.float32)
class Reader:
    def __init__(self, m): self.m, self.i = m, 0
    def get_next(self):
        self.i += 1
        return None if self.i > 4 else {'input': np.random.default_rng(self.i).random(shape(self.m), dtype=np.float32)}
from onnxruntime.quantization import quantize_static, quantize_dynamic, QuantFormat, QuantType
from onnxruntime.quantization.shape_inference import quant_pre_process
def static(fmt, per_channel, wt):
    return lambda m: saved(m, lambda a, b: quantize_static(a, b, Reader(m), quant_format=fmt, per_channel=per_channel, activation_type=QuantType.QUInt8, weight_type=wt))
def optimised(level):
    def f(m):
        def run(a, b):
            o = ort.SessionOptions(); o.graph_optimization_level = level; o.optimized_model_filepath = b
            ort.InferenceSession(a, o, providers=['CPUExecutionProvider'])
        return saved(m, run)
    return f
def half(m):
    from onnxruntime.transformers.float16 import convert_float_to_float16
    return convert_float_to_float16(m, keep_io_types=True)
FORMS = {
  'opset 13': lambda n: build(n, 13) if n not in ('MobileNetV3',) else build(n, 14),
  'opset 17': lambda n: build(n, 17),
  'opset 23': lambda n: version_converter.convert_version(build(n, 17), 23),
  'opset 26': lambda n: version_converter.convert_version(build(n, 17), 26),
  'batch of 1': lambda n: build(n, 17, 1),
  'float16': lambda n: half(build(n, 17)),
  'ORT basic': lambda n: optimised(ort.GraphOptimizationLevel.ORT_ENABLE_BASIC)(build(n, 17)),
  'ORT extended': lambda n: optimised(ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED)(build(n, 17)),
  'QDQ': lambda n: static(QuantFormat.QDQ, True, QuantType.QInt8)(build(n, 17)),
  'QOperator': lambda n: static(QuantFormat.QOperator, False, QuantType.QUInt8)(build(n, 17)),
  'dynamic int8': lambda n: saved(build(n, 17), lambda a, b: quantize_dynamic(a, b, weight_type=QuantType.QUInt8)),
}
def main(path):
    names = []
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        def put(n, data): z.writestr(zipfile.ZipInfo(n, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)
        put('input', np.random.default_rng(5).random(2 * 3 * SIDE * SIDE, dtype=np.float32).astype('<f4').tobytes())
        for fam in FAMILIES:
            for form, make in FORMS.items():
                try:
                    m = make(fam)
                    o = ort.SessionOptions(); o.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
                    s = ort.InferenceSession(m.SerializeToString(), o, providers=['CPUExecutionProvider'])
                    x = image(m)
                    if form == 'dynamic int8': x = x[:1]  # the ranges are those of a whole batch
                    y = s.run(None, {'input': x})[0]
                except Exception as e:
                    print('skip', fam, form, str(e).replace('\n', ' ')[:150]); continue
                base = f'{fam}/{form}'
                put(base + '.onnx', m.SerializeToString())
                put(base + '.output', y.astype('<f4').tobytes())
                names.append(base)
    print(len(names), os.path.getsize(path))
if __name__ == '__main__': main(sys.argv[1])
