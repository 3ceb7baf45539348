"""The PyTorch side of train.sh: plain training loops, timed in thread CPU time.

Reads lines "CASE STEPS" from standard input; trains CASE for STEPS steps and answers with the seconds of CPU
time that took. The networks, the data's size and the step are those of the Java side: a random batch gathered from
a resident data set, forward, backward, SGD with weight decay.
"""

import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
ETA, LAMBDA = 0.05, 1e-3


def normal(*shape):
    fan_in = 1
    for side in shape[1:]:
        fan_in *= side
    return torch.randn(*shape) / fan_in**0.5


class MlpWn:
    """784-128-10: weight-normalised rows of length 1, relu, a fixed last layer.

    torch._weight_norm is the fused kernel behind torch.nn.utils.weight_norm, twice as fast as v / v.norm().
    """

    def __init__(self):
        self.trained = [normal(128, 784).requires_grad_()]
        self.length = torch.ones(128, 1)
        self.last = normal(10, 128)

    def __call__(self, x):
        h = F.linear(x, torch._weight_norm(self.trained[0], self.length, 0)).relu()
        return F.linear(h, self.last)


class Cnn4Gn:
    """Four 3x3 convolutions with group norm (4 groups, no affine), global mean, a fixed last layer."""

    def __init__(self):
        channels = [1, 16, 32, 64, 64]
        self.trained = [normal(o, i, 3, 3).requires_grad_() for i, o in zip(channels, channels[1:])]
        self.last = normal(10, 64)

    def __call__(self, x):
        a = x.view(-1, 1, 28, 28)
        for w, stride in zip(self.trained, (1, 2, 2, 1)):
            a = F.group_norm(F.conv2d(a, w, stride=stride, padding=1), 4, eps=0.0).relu()
        return F.linear(a.mean(dim=(2, 3)), self.last)


class Tiny:
    """20-32-10 without norms."""

    def __init__(self):
        self.trained = [normal(32, 20).requires_grad_(), normal(10, 32).requires_grad_()]

    def __call__(self, x):
        return F.linear(F.linear(x, self.trained[0]).relu(), self.trained[1])


class Case:
    def __init__(self, net, width, count, batch):
        self.net = net
        self.batch = batch
        self.x = torch.randn(count, width)
        self.y = torch.randint(10, (count,))
        self.optimiser = torch.optim.SGD(net.trained, lr=ETA, weight_decay=LAMBDA)

    def step(self):
        index = torch.randint(len(self.y), (self.batch,))
        self.optimiser.zero_grad(set_to_none=True)
        F.cross_entropy(self.net(self.x[index]), self.y[index]).backward()
        self.optimiser.step()


def main():
    torch.manual_seed(1)
    cases = {
        "mlp-wn": Case(MlpWn(), 784, 4096, 32),
        "cnn4-gn": Case(Cnn4Gn(), 784, 4096, 32),
        "tiny": Case(Tiny(), 20, 4096, 8),
    }
    print(torch.__version__, flush=True)
    for line in sys.stdin:
        name, steps = line.split()
        case = cases[name]
        start = time.thread_time()
        for _ in range(int(steps)):
            case.step()
        print(time.thread_time() - start, flush=True)


main()
