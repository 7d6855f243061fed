using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.IntegrationTests.Widgets;

public sealed class WidgetContext(Widget widget) : PipelineContext<Widget, WidgetStatus>(widget);
