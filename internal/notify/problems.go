package notify

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrPlatform: no such platform.
	ErrPlatform = problem.New(problem.Invalid, "notify.platform")
	// ErrAddress: not the address of a robot of the platform. {platform} {host}
	ErrAddress = problem.New(problem.Invalid, "notify.address")
	// ErrRobotName: no name, or more than fits. {max} characters
	ErrRobotName = problem.New(problem.Invalid, "notify.robot_name")
	// ErrRobotTwice: the unit has a robot with this address. {name}
	ErrRobotTwice = problem.New(problem.Invalid, "notify.robot_twice")
	// ErrRobotLost: the robot's address can be read no more.
	ErrRobotLost = problem.New(problem.Conflict, "notify.robot_lost")
	// ErrSecret: a secret that does not fit. {max} characters
	ErrSecret = problem.New(problem.Invalid, "notify.secret")
	// ErrTooManyRobots: the unit has as many as it may. {max}
	ErrTooManyRobots = problem.New(problem.Conflict, "notify.too_many_robots")
	// ErrNoRobot: there is no such robot, or not for this actor.
	ErrNoRobot = problem.New(problem.NotFound, "notify.no_robot")
	// ErrNoMessage: there is no such message, or not for this actor.
	ErrNoMessage = problem.New(problem.NotFound, "notify.no_message")
	// ErrNoWeek: the day is no due day. {day}
	ErrNoWeek = problem.New(problem.NotFound, "notify.no_week")
	// ErrLevel: the unit has no units of this level below it.
	ErrLevel = problem.New(problem.Invalid, "notify.level")
	// ErrRefused: the platform did not take a test message. {says}
	ErrRefused = problem.New(problem.Unavailable, "notify.refused")
	// ErrUnreachable: the platform did not answer.
	ErrUnreachable = problem.New(problem.Unavailable, "notify.unreachable")
)
